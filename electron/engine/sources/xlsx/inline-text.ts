/** Texts that stand in their cells, as programs that stream their exports write them: taken as bytes, without a string each. */
import { isUtf8 } from 'node:buffer'
import { mayBeBlank } from '../blank-bytes.ts'
import type { CellWriter } from './cell-writer.ts'
import { greaterThan, lessThan } from './sheet-bytes.ts'

const open = Buffer.from('><is><t')
const kept = Buffer.from(' xml:space="preserve"')
const close = Buffer.from('</t></is></c>')
const ampersand = 0x26
const underscore = 0x5f
const carriageReturn = 0x0d

export class InlineTexts {
  /** Whether the buffer at hand is sound UTF-8; looked at with its first text. */
  #sound: boolean | undefined

  /** Call for every new buffer. */
  next(): void {
    this.#sound = undefined
  }

  /**
   * Takes the cell whose tag ends at `at`: `><is><t>text</t></is></c>`. Gives the position after it, or -1, with nothing
   * taken, for one that goes on beyond the buffer or is not that simple.
   */
  cell(buffer: Buffer, at: number, column: number, into: CellWriter): number {
    if (column < 0 || column >= 16_384 || !startsWith(buffer, at, open)) return -1
    let from = at + open.length
    if (startsWith(buffer, from, kept)) from += kept.length
    if (buffer[from] !== greaterThan) return -1
    const end = plainEnd(buffer, ++from)
    if (end <= from || mayBeBlank(buffer[from] as number) || !startsWith(buffer, end, close)) return -1 // prettier-ignore
    this.#sound ??= isUtf8(buffer.subarray(0, buffer.lastIndexOf(greaterThan) + 1))
    if (!this.#sound) return -1
    into.bytes(column, buffer, from, end)
    return end + close.length
  }
}

/** Where the text ends; -1 when it bears what has to be read as more than bytes. */
export function plainEnd(buffer: Buffer, from: number): number {
  for (let at = from; at < buffer.length; at++) {
    const byte = buffer[at]
    if (byte === lessThan) return at
    if (byte === ampersand || byte === underscore || byte === carriageReturn) return -1
  }
  return -1
}

export function startsWith(buffer: Buffer, at: number, mark: Buffer): boolean {
  for (let i = 0; i < mark.length; i++) if (buffer[at + i] !== mark[i]) return false
  return true
}
