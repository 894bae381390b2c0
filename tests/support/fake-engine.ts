import type { Engine, EventName, EventOf } from '../../shared/contract.ts'
import type { CellValue } from '../../shared/data/cell-value.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { ValueColumn } from '../../shared/query/query-result.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { RowsPage } from '../../shared/query/row-list.ts'
import type { EngineConnection } from '../../renderer/client/engine-client.ts'
import { cannedFields, cannedInfo, cannedSales } from './canned-sales.ts'
import type { Row } from './naive-query.ts'
import { answerNaively, keptRows } from './naive-query.ts'

export interface FakeEngine extends Pick<EngineConnection, 'engine' | 'on' | 'onState'> {
  /** Names and inputs of the calls made so far. */
  readonly called: { readonly name: string; readonly input: unknown }[]
  emit<E extends EventName>(event: E, payload: EventOf<E>): void
}

function columnOf(name: string, rows: readonly Row[]): ValueColumn {
  const field = cannedFields.find((candidate) => candidate.name === name)
  if (field?.role === 'measure')
    return { kind: 'number', values: Float64Array.from(rows, (row) => Number(row[name] ?? NaN)) }
  const writing = field?.type === 'date' ? 'date' : field?.type === 'boolean' ? 'boolean' : 'text'
  const written = (value: CellValue | undefined): string | null =>
    value == null ? null : String(value)
  return { kind: 'text', writing, values: rows.map((row) => written(row[name])) }
}

const shownNames = (fields: readonly string[]): string[] =>
  fields.length > 0 ? [...fields] : cannedFields.map(({ name }) => name)

function pageOf(
  rows: readonly Row[],
  fields: readonly string[],
  offset: number,
  limit: number,
): RowsPage {
  const part = rows.slice(offset, offset + limit)
  return {
    offset,
    rowIds: Float64Array.from(part, (_, index) => offset + index),
    sources: part.map(() => 'sales.xlsx'),
    sourceRows: Float64Array.from(part, (_, index) => offset + index + 2),
    columns: fields.map((name) => columnOf(name, part)),
  }
}

const noFile = { files: [] }

/** An engine in the page: canned sales, a naive evaluator, nothing kept. What it lacks answers `contract/unknownCall`. */
export function createFakeEngine(replace: Partial<Engine> = {}): FakeEngine {
  const called: { name: string; input: unknown }[] = []
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const lists = new Map<string, { rows: readonly Row[]; fields: readonly string[] }>()
  const saved = { id: 'file_fake00000001', name: '门店概览.storeboard' }

  const known: Partial<Engine> = {
    'app.info': () =>
      Promise.resolve(
        ok({
          version: '0.1.0',
          hostKind: 'loopback',
          platform: 'linux',
          nativeMenu: false,
          systemLanguage: 'zh-CN',
          settings: { language: 'system', theme: 'system' },
        }),
      ),
    'settings.save': () => Promise.resolve(ok({})),
    'host.showDocument': () => Promise.resolve(ok({})),
    'host.pickOpen': () => Promise.resolve(ok(noFile)),
    'host.pickSave': () => Promise.resolve(ok({ file: saved })),
    'workspace.state': () =>
      Promise.resolve(
        ok({
          current: {
            name: 'Canned',
            folder: { id: 'file_fakefolder01', name: 'Canned' },
            sample: false,
            datasets: [cannedInfo],
            relationships: [],
            warnings: [],
          },
          recent: [],
        }),
      ),
    'sample.state': () => Promise.resolve(ok({ state: 'absent' as const })),
    'report.recoveries': () => Promise.resolve(ok({ copies: [] })),
    'report.keepRecovery': () => Promise.resolve(ok({})),
    'report.dropRecovery': () => Promise.resolve(ok({})),
    'report.save': ({ file }) => Promise.resolve(ok({ file, stamp: `s${called.length}` })),
    'query.batch': ({ blocks }, options) => {
      for (const { block, query } of blocks) {
        const result = answerNaively(cannedSales, ReportQuery.parse(query))
        options?.onPart?.({ block, ok: true, result })
      }
      return Promise.resolve(ok({ answered: blocks.length }))
    },
    'rows.open': (request) => {
      const query = ReportQuery.parse(request.query)
      const rows = keptRows(cannedSales, query, request.cell)
      const fields = shownNames(request.fields)
      const key = `list${lists.size}`
      lists.set(key, { rows, fields })
      const total = answerNaively(
        { ...cannedSales, rows },
        { ...query, rows: [], columns: [], filters: [] },
      )
      return Promise.resolve(
        ok({
          key,
          version: 1,
          count: rows.length,
          fields: fields.map(
            (name) =>
              cannedFields.find((field) => field.name === name) ?? {
                name,
                type: 'text' as const,
                role: 'dimension' as const,
              },
          ),
          measures: total.measures,
          totals: total.cells,
          page: pageOf(rows, fields, 0, request.limit ?? 500),
        }),
      )
    },
    'rows.window': ({ key, offset, limit }) => {
      const list = lists.get(key)
      return Promise.resolve(
        list ? ok(pageOf(list.rows, list.fields, offset, limit)) : fail('query/failed'),
      )
    },
    'dataset.values': ({ field, search, limit }) => {
      const counts = new Map<CellValue, number>()
      for (const row of cannedSales.rows) {
        const value = row[field] ?? null
        if (search === '' || String(value).includes(search))
          counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      const values = [...counts].map(([value, rows]) => ({ value, rows })).slice(0, limit)
      return Promise.resolve(ok({ values, total: counts.size }))
    },
    ...replace,
  }

  const engine = new Proxy(known, {
    get: (target, name: string) => (input: unknown, options: unknown) => {
      called.push({ name, input })
      // Each call's own function takes its own input; the proxy only passes it through.
      const call = Reflect.get(target, name) as ((...args: unknown[]) => unknown) | undefined
      return call ? call(input, options) : Promise.resolve(fail('contract/unknownCall', { name }))
    },
    // Every name answers now, as the contract wants.
  }) as Engine

  return {
    engine,
    called,
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set)
      // Only payloads of this event reach this set.
      const loose = listener as (payload: unknown) => void
      set.add(loose)
      return () => void set.delete(loose)
    },
    onState: () => () => undefined,
    emit: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) listener(payload)
    },
  }
}
