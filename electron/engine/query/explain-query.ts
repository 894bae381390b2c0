import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, ok } from '../../../shared/errors.ts'
import { leafMark } from '../../../shared/expression/check/leaf-marks.ts'
import type { ReportQuery } from '../../../shared/query/report-query.ts'
import type { Printed } from '../sql/printer.ts'
import { print } from '../sql/printer.ts'
import { expandFormulas } from './expand-formulas.ts'
import type { GroupKey } from './field-access.ts'
import type { QueryPlan } from './plan.ts'
import { keyName } from './planned-keys.ts'
import { planQuery } from './plan.ts'
import type { QueryCatalog } from './query-catalog.ts'
import { rankedLeaf } from './ranked-leaf.ts'
import type { ResolvedQuery } from './resolve.ts'
import { resolveParts } from './resolve-parts.ts'
import type { QueryFailure } from './run-query.ts'
import type { QueryTools } from './query-tools.ts'
import { dialectOf, filterClock, nests, planLimits } from './query-tools.ts'
import { rankingQuery, topSteps } from './top-members.ts'

/** What would be run, for "explain": the levels in words and the statements. */
export async function explainQuery(
  question: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Outcome<{ plan: string; sql: string[] }, QueryFailure>> {
  try {
    return await explained(question, catalog, tools, signal)
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

async function explained(
  question: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Outcome<{ plan: string; sql: string[] }, QueryFailure>> {
  const { query } = expandFormulas(question, catalog)
  const parts = resolveParts(query, catalog)
  if (!parts.ok) return parts
  const statements: Printed[] = [...(await rankingSelects(query, catalog, tools, signal))]
  const described: string[] = []
  for (const { resolved } of parts.value) {
    const clock = await filterClock(resolved, tools, signal)
    const options = { clock, ...planLimits, members: [], nests: nests(resolved) }
    const plan = planQuery(resolved, options)
    const selects = [plan.leaf, ...plan.levels.map(({ select }) => select)]
    statements.push(...selects.map((node) => print(node, dialectOf(resolved))))
    const name = resolved.base.dataset.name
    described.push(
      ...(parts.value.length > 1 ? [`dataset: ${name}`] : []),
      describe(plan, resolved),
    )
  }
  return ok({
    plan: described.join('\n'),
    sql: statements.map(({ text, values }) =>
      values.length === 0 ? text : `${text}\n-- ${JSON.stringify(values)}`,
    ),
  })
}

/** The statements that decide each top-N, without what an outer one left: that is known only when they run. */
async function rankingSelects(
  query: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Printed[]> {
  const statements: Printed[] = []
  for (const step of topSteps(query)) {
    const asked = expandFormulas(rankingQuery(query, step), catalog)
    const ranking = resolveParts(asked.query, catalog)
    for (const { resolved } of ranking.ok ? ranking.value : []) {
      const clock = await filterClock(resolved, tools, signal)
      const plan = planQuery(resolved, { clock, ...planLimits, members: [] })
      const dialect = dialectOf(resolved)
      const cuts = dialect.namesSelects !== false && asked.formulas.length === 0
      statements.push(print(cuts ? rankedLeaf(plan, step.top, dialect) : plan.leaf, dialect))
    }
  }
  return statements
}

/** What formulas are made of has names nobody can read. */
const told = (name: string): string => name.replace(leafMark, 'part ')

function describe(plan: QueryPlan, query: ResolvedQuery): string {
  const key = (index: number, group: GroupKey): string => `${keyName(index)}: ${group.key.kind}`
  const measures = plan.measures.map(
    (measure, index) => `${told(query.measures[index]?.name ?? '')}: ${measure.kind}`,
  )
  return [
    `engine: ${dialectOf(query).name}`,
    `keys: ${plan.keys.map((group, index) => key(index, group)).join(', ') || 'none'}`,
    `measures: ${measures.join(', ') || 'none'}`,
    `levels united from bit strings: ${plan.bitLevels.length}`,
    `levels selected apart: ${plan.levels.length}`,
    `balances carried forward, once the periods shown are known: ${plan.carried.length}`,
    `tops decided before: ${topSteps(query.query).length}`,
  ].join('\n')
}
