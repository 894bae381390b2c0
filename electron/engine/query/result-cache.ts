import type { QueryResult } from '../../../shared/query/query-result.ts'

/** Results by question and dataset versions, the least recently used dropped first when the bytes are spent. */
export class ResultCache {
  readonly #maxBytes: number
  readonly #entries = new Map<string, { readonly result: QueryResult; readonly bytes: number }>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get(key: string): QueryResult | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.result
  }

  set(key: string, result: QueryResult): void {
    const bytes = sizeOf(result)
    if (bytes > this.#maxBytes / 4) return
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
    this.#entries.set(key, { result, bytes })
    this.#bytes += bytes
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break
      this.#entries.delete(oldest)
      this.#bytes -= entry.bytes
    }
  }

  clear(): void {
    this.#entries.clear()
    this.#bytes = 0
  }
}

/** A rough size: eight bytes a number, thirty a text or member. */
function sizeOf(result: QueryResult): number {
  const cells = result.cells.reduce(
    (sum, column) => sum + column.values.length * (column.kind === 'text' ? 30 : 8),
    0,
  )
  const paths = [...result.rows.paths, ...result.columns.paths]
  return cells + paths.reduce((sum, path) => sum + 16 + path.length * 30, 0)
}
