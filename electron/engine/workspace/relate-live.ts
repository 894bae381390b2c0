/** Keys of two live datasets of one source, measured there: whether the one side is unique, and who has no partner. */
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { datasetDialect } from '../query/dataset-dialect.ts'
import { filledOnly, stored, tableOf } from '../query/field-access.ts'
import type { QueryCatalog, QueryDataset } from '../query/query-catalog.ts'
import type { QueryRunner, RawAnswer, RunTarget } from '../query/query-runner.ts'
import type { RelateOutcome } from '../runner/relate/relate-order.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import { all, any, binary, call, cast, column, integer, isNull, not, output, select } from '../sql/nodes.ts' // prettier-ignore
import { print } from '../sql/printer.ts'
import { cellOf } from './connections/server-facts.ts'

export interface LiveEnds {
  readonly from: { readonly dataset: string; readonly fields: readonly string[] }
  readonly to: { readonly dataset: string; readonly fields: readonly string[] }
}

const shownExamples = 5

/** Rejects with AppErrorException: what keeps the source from answering, its limits included. */
export async function measuredLive(
  catalog: QueryCatalog,
  { from, to }: LiveEnds,
  runner: QueryRunner,
  signal: AbortSignal,
): Promise<RelateOutcome> {
  const [many, one] = [sideOf(catalog, from), sideOf(catalog, to)]
  const ask = asking(one.dataset, runner, signal)
  const repeated = await repeatedIn(one, ask)
  if (repeated.count > 0) return { kind: 'duplicateKey', ...repeated }
  const blanks = await ask(over(many, [{ expr: call('countAll'), as: 'n' }], any(many.keys.map(isNull)))) // prettier-ignore
  const alone = binary('=', call('coalesce', column('o', 'c'), integer(0)), integer(0))
  const orphans = await ask(met(many, one, [{ expr: call('sum', column('m', 'c')), as: 'n' }], alone)) // prettier-ignore
  const names = many.keys.map((_key, index) => ({ expr: column('m', keyName(index)), as: keyName(index) })) // prettier-ignore
  const examples = await ask({ ...met(many, one, names, alone), limit: shownExamples })
  const found = binary('>', call('coalesce', column('o', 'c'), integer(0)), integer(0))
  const rows = { expr: column('m', 'c'), as: 'n' }
  const [most] = [await ask({ ...met(many, one, [...names, rows], found), orderBy: [{ by: column('m', 'c'), descending: true }], limit: 1 })] // prettier-ignore
  return {
    kind: 'made',
    orphans: Number(cellOf(orphans, 'n') || '0'),
    blanks: Number(cellOf(blanks, 'n') || '0'),
    orphanExamples: keysIn(examples, names.length),
    most: Number(cellOf(most, 'n') || '0'),
    mostExample: keysIn(most, names.length)[0] ?? '',
  }
}

/** Keys of the one side that stand in several rows: a question joined on them would count rows twice. */
export function repeatedKeysLive(
  catalog: QueryCatalog,
  { to }: LiveEnds,
  runner: QueryRunner,
  signal: AbortSignal,
): Promise<Repeated> {
  const one = sideOf(catalog, to)
  return repeatedIn(one, asking(one.dataset, runner, signal))
}

interface Repeated {
  readonly count: number
  readonly examples: readonly string[]
}

interface Side {
  readonly dataset: QueryDataset
  readonly keys: readonly Expr[]
}

type Ask = (node: Select) => Promise<RawAnswer>

async function repeatedIn(one: Side, ask: Ask): Promise<Repeated> {
  const more = binary('>', column('g', 'c'), integer(1))
  const from = { from: { kind: 'nested', select: groups(one) }, as: 'g', where: more } as const
  const count = Number(cellOf(await ask(select({ ...from, columns: [{ expr: call('countAll'), as: 'n' }] })), 'n')) // prettier-ignore
  if (count === 0) return { count, examples: [] }
  const columns = one.keys.map((_key, index) => ({ expr: column('g', keyName(index)), as: keyName(index) })) // prettier-ignore
  const examples = await ask(select({ ...from, columns, limit: shownExamples }))
  return { count, examples: keysIn(examples, columns.length) }
}

const keyName = (index: number): string => `k${index}`

/** As texts, empty ones blank. */
function sideOf(catalog: QueryCatalog, { dataset: id, fields }: LiveEnds['from']): Side {
  const dataset = catalog.datasets.find((one) => one.id === id)
  if (!dataset) throw new AppErrorException(appError('dataset/notFound', { dataset: id }))
  const source = { as: 't', dataset, via: null }
  const keys = fields.map((name) => {
    const field = dataset.fields.find((one) => one.name === name)
    if (!field) throw new AppErrorException(appError('dataset/fieldMissing', { field: name, dataset: dataset.name })) // prettier-ignore
    return filledOnly(cast(stored({ ref: name, source, field }), 'text'))
  })
  return { dataset, keys }
}

function over({ dataset }: Side, columns: Select['columns'], where: Expr): Select {
  return select({ columns, from: tableOf({ as: 't', dataset, via: null }), as: 't', where })
}

/** Every key with its rows. */
function groups(side: Side): Select {
  const keys = side.keys.map((expr, index) => ({ expr, as: keyName(index) }))
  const filled = all(side.keys.map((key) => not(isNull(key))))
  return {
    ...over(side, [...keys, { expr: call('countAll'), as: 'c' }], filled),
    groupBy: keys.map(({ as }) => output(as)),
  }
}

function met(many: Side, one: Side, columns: Select['columns'], where: Expr): Select {
  const same = many.keys.map((_key, index) =>
    binary('=', column('m', keyName(index)), column('o', keyName(index))),
  )
  const [only] = same
  const on = same.length === 1 && only ? only : all(same)
  return select({
    ...{ columns, from: { kind: 'nested', select: groups(many) }, as: 'm', where },
    joins: [{ table: { kind: 'nested', select: groups(one) }, as: 'o', on }],
  })
}

function keysIn(answer: RawAnswer, parts: number): string[] {
  return Array.from({ length: answer.rows }, (_, row) =>
    Array.from({ length: parts }, (_part, index) => cellOf(answer, keyName(index), row)).join(
      ' · ',
    ),
  )
}

function asking(dataset: QueryDataset, runner: QueryRunner, signal: AbortSignal): Ask {
  const { storage } = dataset
  if (storage.kind !== 'live') throw new Error('only live datasets are measured where they are')
  const target: RunTarget = storage.server
    ? { kind: 'server', connection: storage.server.connection }
    : { kind: 'live', path: storage.path }
  return (node) => runner.run(target, print(node, datasetDialect(dataset)), signal)
}
