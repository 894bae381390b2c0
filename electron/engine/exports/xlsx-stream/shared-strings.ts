import { ByteBuilder, utf8 } from './byte-builder.ts'
import { needsPreserve, writeText } from './xml-text.ts'
import type { ZipPart } from './zip-writer.ts'

export interface SharedStringCap {
  readonly count: number
  /** UTF-16 units over all strings. */
  readonly units: number
}

/** A text beyond the cap; it is written into its cell instead. */
export const NOT_SHARED = -1

const ITEM = utf8('<si><t>')
const KEPT_ITEM = utf8('<si><t xml:space="preserve">')
const ITEM_END = utf8('</t></si>')
const BLOCK = 256 * 1024

/** A table of texts another writer began: its items as they stand in its part, and how many they are. */
export interface BegunStrings {
  readonly items: Uint8Array
  readonly count: number
}

/** The workbook's table of texts. It stops growing at its cap, so memory stays bounded. */
export class SharedStrings {
  readonly #cap: SharedStringCap
  readonly #begun: BegunStrings
  readonly #indexes = new Map<string, number>()
  #units = 0
  #uses = 0

  constructor(cap: SharedStringCap, begun: BegunStrings = { items: new Uint8Array(0), count: 0 }) {
    this.#cap = cap
    this.#begun = begun
  }

  /** Index of the text, or NOT_SHARED when it is new and the table is full. */
  indexOf(text: string): number {
    const known = this.#indexes.get(text)
    if (known !== undefined) return known
    const full =
      this.#indexes.size >= this.#cap.count || this.#units + text.length > this.#cap.units
    if (full) return NOT_SHARED
    const index = this.#begun.count + this.#indexes.size
    this.#indexes.set(text, index)
    this.#units += text.length
    return index
  }

  /** Counts cells that refer to the table; readers use it only as a hint. */
  countUse(): void {
    this.#uses++
  }

  async writeTo(part: ZipPart, signal?: AbortSignal): Promise<void> {
    const out = new ByteBuilder(BLOCK)
    out.ascii(
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ' +
        `count="${this.#begun.count + this.#uses}" uniqueCount="${this.#begun.count + this.#indexes.size}">`,
    )
    if (this.#begun.items.length > 0) {
      await part.write(out.take())
      await part.write(this.#begun.items)
    }
    for (const text of this.#indexes.keys()) {
      out.reserve(64)
      out.copy(needsPreserve(text) ? KEPT_ITEM : ITEM)
      writeText(out, text)
      out.reserve(16)
      out.copy(ITEM_END)
      if (out.length > BLOCK - 4096) {
        signal?.throwIfAborted()
        await part.write(out.take())
      }
    }
    out.ascii('</sst>')
    await part.write(out.take())
    await part.close()
  }
}
