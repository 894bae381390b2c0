/** Streams the shared strings into the text pool: each `si` is one text, rich runs joined, phonetic hints left out. */
import { isUtf8 } from 'node:buffer'
import { overLimit, unreadable } from '../source-limits.ts'
import type { SourceLimits } from '../source-limits.ts'
import type { TextPool } from '../text-pool.ts'
import type { WorkbookTexts } from './cell-writer.ts'
import { mayBeBlank } from '../blank-bytes.ts'
import { plainEnd, startsWith } from './inline-text.ts'
import { lessThan } from './sheet-bytes.ts'
import { decodeText, walkXml } from './xml-text.ts'
import type { XmlTag } from './xml-text.ts'

const plainOpen = Buffer.from('<si><t>')
const plainClose = Buffer.from('</t></si>')
/** A file may say what it likes of itself: beyond this, room is made as texts come. */
const mostExpected = 1 << 21

/** No item is shorter: `<si><t>` and `</t></si>`. */
const itemBytes = 16

/** `bytes` is how long the part is. */
export async function readSharedStrings(
  pieces: AsyncIterable<Buffer>,
  bytes: number,
  pool: TextPool,
  limits: SourceLimits,
): Promise<WorkbookTexts> {
  const items = new ItemScanner(limits, pool, Math.min(bytes / itemBytes, mostExpected))
  for await (const piece of pieces) items.feed(piece)
  items.finish()
  return { places: items.places.toArray() }
}

class PlaceList {
  #items = new Int32Array(1024)
  #count = 0

  push(place: number): void {
    if (this.#count === this.#items.length) {
      const wider = new Int32Array(this.#count * 2)
      wider.set(this.#items)
      this.#items = wider
    }
    this.#items[this.#count++] = place
  }

  toArray(): Int32Array {
    return this.#items.slice(0, this.#count)
  }
}

/** Cuts the bytes into `si` items, whatever their prefix. */
class ItemScanner {
  readonly #limits: SourceLimits
  readonly #pool: TextPool
  readonly places = new PlaceList()
  #rest: Buffer = Buffer.alloc(0)
  #close = ''
  #open = ''
  readonly #most: number

  /** At most `most` items can be there. */
  constructor(limits: SourceLimits, pool: TextPool, most: number) {
    this.#limits = limits
    this.#pool = pool
    this.#most = most
  }

  feed(piece: Buffer): void {
    const all = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    if (all.includes('<!DOCTYPE')) throw unreadable('unsafe', 'document type in a part')
    this.#keep(this.#open === '' && !this.#findNames(all) ? all : all.subarray(this.#items(all)))
  }

  finish(): void {
    if (this.#open !== '' && this.#rest.includes(this.#open))
      throw unreadable('damaged', 'shared strings end early')
  }

  #keep(rest: Buffer): void {
    if (rest.length > this.#limits.cellBytes) throw overLimit('cellBytes')
    this.#rest = rest
  }

  #findNames(all: Buffer): boolean {
    const text = all.toString('latin1')
    const found = /<((?:[\w.-]+:)?)si[\s/>]/.exec(text)
    if (found === null) return false
    const stated = /\suniqueCount=["'](\d+)["']/.exec(text.slice(0, found.index))
    if (stated) this.#pool.expect(Math.min(Number(stated[1]), this.#most))
    this.#open = `<${found[1] ?? ''}si`
    this.#close = `</${found[1] ?? ''}si>`
    return true
  }

  /** Takes every complete item and returns where the incomplete rest begins. */
  #items(all: Buffer): number {
    const first = all.indexOf(this.#open)
    let at = first
    while (at >= 0) {
      const past = this.#plainItem(all, at) || this.#anyItem(all, at)
      if (past === 0) break
      const next = startsWith(all, past, plainOpen) ? past : all.indexOf(this.#open, past)
      if (next < 0) {
        check(all, first, past)
        return past
      }
      at = next
    }
    if (at < 0) return Math.max(0, all.length - this.#open.length - 8)
    check(all, first, at)
    return at
  }

  /** `<si><t>text</t></si>`: takes it and returns the position after it, or 0 for any other item. */
  #plainItem(all: Buffer, at: number): number {
    if (!startsWith(all, at, plainOpen)) return 0
    const from = at + plainOpen.length
    const to = all.indexOf(lessThan, from)
    if (to < 0 || !startsWith(all, to, plainClose)) return 0
    const isPlain = plainEnd(all, from) === to
    if (to === from) this.places.push(-1)
    else if (isPlain && !mayBeBlank(all[from] as number))
      this.places.push(this.#pool.intern(all, from, to))
    else this.#text(decodeText(all.toString('utf8', from, to)))
    return to + plainClose.length
  }

  /** An item of any form; 0 when its end is not there yet. */
  #anyItem(all: Buffer, at: number): number {
    const tagClose = all.indexOf('>', at)
    if (tagClose < 0) return 0
    if (all[tagClose - 1] === 0x2f) {
      this.places.push(-1)
      return tagClose + 1
    }
    const end = all.indexOf(this.#close, tagClose)
    if (end < 0) return 0
    const past = end + this.#close.length
    this.#text(this.#itemText(all.toString('utf8', at, past)))
    return past
  }

  #text(text: string): void {
    this.places.push(text.trim() === '' ? -1 : this.#pool.add(text))
  }

  #itemText(item: string): string {
    let text = ''
    const path: string[] = []
    const tag = (found: XmlTag): void => {
      if (found.kind === 'open') path.push(found.name)
      else if (found.kind === 'close') path.pop()
    }
    const part = (piece: string): void => {
      if (path.at(-1) === 't' && !path.includes('rPh')) text += piece
    }
    walkXml(item, { tag, text: part }, this.#limits.xmlDepth)
    return text
  }
}

function check(all: Buffer, from: number, to: number): void {
  if (!isUtf8(all.subarray(from, to))) throw unreadable('damaged', 'shared strings are not UTF-8')
}
