/** One import from first byte to a finished, flushed extract file. Runs in a job process; knows no catalogue. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { mainDateField } from '../../../../shared/data/main-date.ts'
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { QuarantinedRow } from '../../../../shared/data/rejected-words.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import { mendedLines } from '../../sources/csv/mended-lines.ts'
import type { ReadNotes } from '../../sources/reader.ts'
import { overLimit, refusal, sourceLimits } from '../../sources/source-limits.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { TextPool } from '../../sources/text-pool.ts'
import { keptTexts, tagFields } from '../../sources/typing/tag-fields.ts'
import { flushFile } from '../../flush-file.ts'
import type {
  ImportJobOrder,
  ImportOutcome,
  ImportStep,
  LostZeros,
  JobPart,
  MendOrder,
  RejectedRow,
  SourceOutcome,
} from './import-order.ts'
import type { WrittenColumn } from './column-writer.ts'
import { withMarks } from './earlier-marks.ts'
import type { ImportOptions } from './import-extract.ts'
import { ImportExtract } from './import-extract.ts'
import {
  lostWarnings,
  mergedRemark,
  noteWarnings,
  withoutRows,
  zerosRemark,
} from './import-remarks.ts'
import { retypedColumns } from './kept-type.ts'
import { longDecimals } from './long-decimals.ts'
import { openPart, refuseNoFile } from './part-reader.ts'
import { labelOf, sameFile, shapeOf, sourceName, withMeanings, withRoles } from './part-words.ts'
import { FieldList } from './shape-match.ts'
import type { PlannedColumn } from './plan-columns.ts'
import { mayLackZeros, plannedColumns } from './plan-columns.ts'
import type { Gathering } from './source-rows.ts'
import { gatherSource } from './source-rows.ts'
import { Spool } from './spool.ts'

export type OnStep = (step: ImportStep) => void

/** Rejects with AppErrorException for expected trouble; the target file may then be left half made for the owner to delete. */
export async function runImport(
  order: ImportJobOrder,
  onStep: OnStep,
  options: ImportOptions = {},
): Promise<ImportOutcome> {
  const spool = new Spool(join(order.tempFolder, `spool-${crypto.randomUUID()}`))
  const run = new ImportRun(order, onStep, { limits: sourceLimits, ...options, spool })
  try {
    await run.gather()
    return await run.write()
  } finally {
    await run.close()
    spool.close()
  }
}

type Means = ImportOptions & { readonly limits: SourceLimits; readonly spool: Spool }

class ImportRun {
  readonly #order: ImportJobOrder
  readonly #onStep: OnStep
  readonly #means: Means
  readonly #into: Gathering
  #sources: SourceOutcome[] = []
  #firstNew = 0
  readonly #rejected: RejectedRow[] = []
  readonly #quarantine: QuarantinedRow[] = []
  readonly #warnings: DatasetWarning[] = []
  readonly #deadline: number
  #rejectedCount = 0
  #repeatedCount = 0
  #found = { equal: false, restated: false }
  #lostZeros: readonly LostZeros[] = []
  readonly #extract: ImportExtract
  /** Share of all sources that was read. */
  #fraction = 0

  constructor(order: ImportJobOrder, onStep: OnStep, means: Means) {
    const { limits, spool, writeThread } = means
    this.#means = means
    this.#order = order
    this.#onStep = onStep
    this.#deadline = performance.now() + limits.milliseconds
    this.#into = {
      fields: new FieldList(order.lenient),
      before: order.before?.map(({ name }) => name) ?? [],
      profiles: [],
      spool,
      pool: new TextPool(limits.textBytes),
      limits,
      warnings: this.#warnings,
      merged: [],
      rows: 0,
      partedByCommas: false,
      stored: () => this.#extract.stored(this.#into.rows, this.#fraction),
    }
    const { target, tempFolder, memoryLimitMb, threads } = order
    this.#extract = new ImportExtract({
      ...{ target, spool, writeThread, pool: this.#into.pool },
      options: { tempFolder, memoryLimitMb, threads },
      columns: () => plannedColumns(this.#into, order, this.#warnings),
    })
  }

  async close(): Promise<void> {
    await this.#extract.close()
  }

  async gather(): Promise<void> {
    if (this.#order.base !== undefined) await this.#gatherBase(this.#order.base)
    this.#firstNew = this.#sources.length
    const hashes = new Set(this.#order.knownHashes)
    const fileHashes = new Map<string, Promise<string>>()
    const parts = new Set<string>()
    // One file alone can be no other one again, so it is read while it is hashed.
    const others = hashes.size > 0 || new Set(this.#order.parts.map(({ path }) => path)).size > 1
    let bytes = 0
    for (const { path } of this.#order.parts) bytes += await refuseNoFile(path)
    this.#extract.expect(bytes)
    for (const [index, part] of this.#order.parts.entries()) {
      const isNew = !fileHashes.has(part.path)
      const hash = fileHashes.get(part.path) ?? this.#extract.hashOf(part.path)
      // Whoever is told of a failure is told by the reading, or by waiting for the hash.
      void hash.catch(() => undefined)
      fileHashes.set(part.path, hash)
      if (others && isNew && hashes.has(await hash)) throw sameFile(part)
      if (others) hashes.add(await hash)
      const key = JSON.stringify([part.path, part.part ?? '', part.layout?.range ?? null])
      if (parts.has(key)) throw sameFile(part)
      parts.add(key)
      await this.#gatherPart(part, hash, index)
    }
  }

  async #gatherBase(earlier: NonNullable<ImportJobOrder['base']>): Promise<void> {
    const { openExtractSources } = await import('../duckdb/extract-reader.ts')
    const base = await openExtractSources(earlier.path, this.#order.tempFolder)
    try {
      for (const [place, source] of base.sources.entries()) {
        if (earlier.keep?.includes(place) === false) continue
        const given = await gatherSource(this.#into, {
          reader: source.reader,
          name: source.name,
          source: this.#sources.length,
          exact: true,
          layout: {},
          renames: {},
          progress: () => this.#report(0),
        })
        const mended = await this.#gatherMended(earlier.mend?.find((one) => one.place === place))
        const { name, part, kind } = source
        this.#sources.push({
          ...{ name, part, kind, columns: given.columns, rejected: 0, hash: '', encoding: null },
          ...{ rows: given.rows + (mended?.rows ?? 0), shape: null },
          ...(mended ? { mended: { lines: mended.lines, still: mended.still } } : {}),
        })
      }
    } finally {
      base.close()
    }
    // Numbers as they are stored, with as many decimals each.
    for (const { numbers, spelling } of this.#into.profiles)
      if (numbers > 0) spelling.isNumber = true
    for (const name of earlier.percents) {
      const profile = this.#into.profiles[this.#into.fields.names.indexOf(name)]
      if (profile) profile.percents = profile.numbers
    }
  }

  /** Right behind the rows of their source, whose they are from then on. */
  async #gatherMended(order: MendOrder | undefined) {
    if (order === undefined) return undefined
    const { shape, lines, layout } = order
    const { unpivot } = layout
    const { rows, notes } = await gatherSource(this.#into, {
      reader: mendedLines(shape, lines),
      name: 'mended lines',
      source: this.#sources.length,
      layout: unpivot ? { unpivot } : {},
      renames: this.#order.renames ?? {},
      progress: () => this.#report(0),
    })
    const still = notes.rejected.map(({ row }) => row)
    return { rows, still, lines: lines.length - still.length }
  }

  async #gatherPart(part: JobPart, hash: Promise<string>, index: number): Promise<void> {
    const { limits, tableThread } = this.#means
    const opened = await openPart(part, limits, this.#order.tempFolder, tableThread)
    try {
      const { rows, notes, columns, names } = await gatherSource(this.#into, {
        reader: opened.reader,
        name: labelOf(part),
        source: this.#sources.length,
        layout: part.layout ?? {},
        mends: part.mends,
        renames: this.#order.renames ?? {},
        progress: (fraction) => this.#report((index + fraction) / this.#order.parts.length),
      })
      this.#note(part, notes)
      const { name } = part
      const { kind, sheets } = opened
      const rejected = notes.rejectedCount
      const encoding = notes.encoding ?? null
      // The only list of a JSON file may have others beside it next time.
      const own = part.part ?? notes.innerList?.name ?? null
      this.#sources.push({
        ...{ name, part: own, kind, rows, rejected, encoding, columns, sheets },
        hash: await hash,
        shape: shapeOf(notes, names),
      })
    } finally {
      await opened.close()
    }
  }

  #report(fraction: number): void {
    if (performance.now() > this.#deadline) throw overLimit('milliseconds')
    this.#fraction = fraction
    this.#onStep({ phase: 'reading', rows: this.#into.rows, fraction: fraction * 0.7 })
  }

  #note(part: JobPart, notes: ReadNotes): void {
    this.#rejectedCount += notes.rejectedCount
    const room = Math.max(0, 200 - this.#rejected.length)
    const source = labelOf(part)
    const kept = notes.rejected.slice(0, room)
    this.#rejected.push(...kept.map(({ row, reason, raw }) => ({ source, row, reason, raw })))
    const place = this.#sources.length
    for (const line of notes.rejected) this.#quarantine.push({ source: place, ...line })
    const { parts, base } = this.#order
    this.#warnings.push(...noteWarnings(part, notes, parts.length > 1 || base !== undefined))
  }

  async write(): Promise<ImportOutcome> {
    await this.#extract.allRead()
    const columns = this.#plan()
    if (columns.length === 0) throw refusal('dataset/empty')
    const rows = this.#into.rows + this.#rejectedCount
    if (rows === 0) this.#warnings.push(withoutRows(this.#order, columns))
    let written = await this.#extract.finish(this.#ending(columns))
    const leftOut = await this.#settle(written, columns)
    if (leftOut !== undefined) {
      rmSync(this.#order.target, { force: true })
      written = await this.#extract.finish({ ...this.#ending(columns), leftOut })
    }
    await this.#findLostZeros(written, columns)
    this.#onStep({ phase: 'committing', rows: this.#into.rows, fraction: 0.99 })
    await flushFile(this.#order.target)
    return this.#outcome(written, columns)
  }

  #ending(columns: readonly PlannedColumn[]) {
    const { rows } = this.#into
    const { datasetId, version } = this.#order
    const fills = columns.filter(({ name }) => this.#fills(name))
    const filled = new Set(fills.map(({ spooled }) => spooled))
    return {
      ...{ columns, rows },
      ...(filled.size > 0 ? { filled: { merged: this.#into.merged, columns: filled } } : {}),
      sources: this.#sources.map((source) => {
        const { name, part, kind } = source
        return { name, part, kind, rows: source.rows }
      }),
      // Rows that could not be read stay beside those that could.
      info: {
        ...{ dataset: datasetId, version: String(version) },
        rejected: JSON.stringify(this.#rejected),
      },
      progress: (done: number) => {
        this.#onStep({
          phase: 'writing',
          rows: done,
          fraction: 0.72 + (0.26 * done) / Math.max(1, rows),
        })
      },
    }
  }

  /** Undefined where nothing is to be left out of the extract. */
  async #settle(
    written: readonly WrittenColumn[],
    columns: readonly PlannedColumn[],
  ): Promise<Uint8Array | undefined> {
    if (this.#sources.length < 2) return undefined
    const { target, tempFolder, memoryLimitMb, threads, overlap, restated, ranks } = this.#order
    const { rows } = this.#into
    const { settleOverlaps } = await import('./settle-overlaps.ts')
    const look = {
      ...{ path: target, tempFolder, memoryLimitMb, threads, rows, firstNew: this.#firstNew },
      fields: withMeanings(this.#tagged(written, columns), this.#order.meanings),
      ranks: ranks ?? this.#sources.map((_, place) => place),
    }
    const { leftOut, warnings, found } = await settleOverlaps(look, {
      ...{ equal: overlap ?? 'ask', restated: restated ?? 'ask' },
      nameOf: (place) => sourceName(this.#sources[place]),
    })
    this.#warnings.push(...warnings)
    this.#found = found
    if (leftOut === undefined) return undefined
    this.#into.rows -= leftOut.size
    this.#repeatedCount = leftOut.size
    this.#sources = this.#sources.map((source, place) => {
      const gone = leftOut.of(place)
      return { ...source, rows: source.rows - gone, leftOut: gone }
    })
    return leftOut.flags
  }

  /** Only numbers can have lost their zeros: a text keeps them. */
  async #findLostZeros(
    written: readonly WrittenColumn[],
    columns: readonly PlannedColumn[],
  ): Promise<void> {
    const { target, tempFolder, memoryLimitMb, threads, earlier, before = [] } = this.#order
    const open = columns.filter(mayLackZeros)
    if (open.length === 0 || (this.#sources.length < 2 && earlier === undefined)) return
    const { findLostZeros } = await import('./lost-zeros.ts')
    this.#lostZeros = await findLostZeros({
      ...{ path: target, tempFolder, memoryLimitMb, threads, firstNew: this.#firstNew },
      fields: this.#tagged(written, columns),
      columns: new Set(open.map(({ name }) => name)),
      ...(earlier === undefined ? {} : { earlier: { path: earlier, fields: before } }),
    })
    for (const found of this.#lostZeros)
      this.#warnings.push(zerosRemark(found, sourceName(this.#sources[found.source])))
  }

  /** Columns without a name and without a value are dropped. */
  #plan(): PlannedColumn[] {
    this.#onStep({ phase: 'typing', rows: this.#into.rows, fraction: 0.71 })
    const columns = plannedColumns(this.#into, this.#order, this.#warnings)
    const kept = new Set(columns.map(({ name }) => name))
    for (const name of this.#into.fields.names) if (!kept.has(name)) this.#forgetName(name)
    for (const { name, spooled, decision, profile } of columns) {
      this.#warnings.push(
        ...decision.warnings,
        ...longDecimals(name, decision, profile, this.#into.pool),
      )
      const merged = this.#into.merged.filter(({ field }) => field === spooled)
      this.#warnings.push(...mergedRemark(name, merged, this.#fills(name)))
      if (profile.elapsed > 0 && decision.type !== 'text') {
        this.#warnings.push({ code: 'elapsedAsDays', column: name })
      }
      const count = profile.count(cellKind.error) + profile.hiddenErrors
      if (count > 0) this.#warnings.push({ code: 'cellError', column: name, count })
    }
    return columns
  }

  /** A column that is left out needs no remark about its name. */
  #forgetName(name: string): void {
    const at = this.#warnings.findIndex((one) => one.code === 'missingHeader' && one.column === name) // prettier-ignore
    if (at >= 0) this.#warnings.splice(at, 1)
  }

  #fills(name: string): boolean {
    return this.#order.overrides.some((one) => one.column === name && one.fillMerged === true)
  }

  #tagged(written: readonly WrittenColumn[], columns: readonly PlannedColumn[]) {
    const { pool, rows } = this.#into
    // Numbers that became text are known to its coder alone.
    const textsOf = (index: number): readonly string[] =>
      written[index]?.firstTexts ?? columns[index]?.profile.firstTexts(pool, keptTexts) ?? []
    const fields = written.map(({ field }) => field)
    return withRoles(tagFields(fields, rows, textsOf), this.#order.overrides)
  }

  #outcome(written: readonly WrittenColumn[], columns: readonly PlannedColumn[]): ImportOutcome {
    this.#warnings.push(...written.flatMap(lostWarnings))
    const fields = withMarks(this.#tagged(written, columns), columns, this.#order.before)
    return {
      fields,
      rows: this.#into.rows,
      found: this.#found,
      rejectedCount: this.#rejectedCount,
      repeatedCount: this.#repeatedCount,
      rejected: this.#rejected,
      quarantine: this.#quarantine,
      sources: this.#sources,
      warnings: this.#warnings,
      lostZeros: this.#lostZeros,
      retyped: retypedColumns(columns, {
        ...{ spool: this.#means.spool, pool: this.#into.pool },
        ...{ before: this.#order.before ?? [], overrides: this.#order.overrides },
      }),
      lastDay: mainDateField(fields)?.max?.slice(0, 10) ?? null,
    }
  }
}
