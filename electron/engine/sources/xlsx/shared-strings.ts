/** Streams the shared strings into the text pool: each `si` is one text, rich runs joined, phonetic hints left out. */
import { overLimit, unreadable } from '../source-limits.ts'
import type { SourceLimits } from '../source-limits.ts'
import type { TextPool } from '../text-pool.ts'
import type { WorkbookTexts } from './cell-writer.ts'
import { decodeText, walkXml } from './xml-text.ts'
import type { XmlTag } from './xml-text.ts'

const plainOpen = '<si><t>'
const plainClose = '</t></si>'

export async function readSharedStrings(
  pieces: AsyncIterable<Buffer>,
  pool: TextPool,
  limits: SourceLimits,
): Promise<WorkbookTexts> {
  const places = new PlaceList()
  const items = new ItemScanner(limits, (text) => {
    places.push(text.trim() === '' ? -1 : pool.add(text))
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of pieces) items.feed(decoder.decode(piece, { stream: true }))
    items.feed(decoder.decode())
  } catch (error) {
    throw error instanceof TypeError ? unreadable('damaged', 'shared strings are not UTF-8') : error
  }
  items.finish()
  return { places: places.toArray() }
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

/** Cuts the text into `si` items, whatever their prefix. */
class ItemScanner {
  readonly #limits: SourceLimits
  readonly #onText: (text: string) => void
  #rest = ''
  #close: string | undefined
  #open = ''

  constructor(limits: SourceLimits, onText: (text: string) => void) {
    this.#limits = limits
    this.#onText = onText
  }

  feed(text: string): void {
    const all = this.#rest + text
    if (all.includes('<!DOCTYPE')) throw unreadable('unsafe', 'document type in a part')
    const close = this.#close ?? this.#findNames(all)
    if (close === undefined) {
      this.#keep(all)
      return
    }
    this.#keep(all.slice(this.#items(all, close)))
  }

  finish(): void {
    if (this.#rest.includes(this.#open) && this.#open !== '')
      throw unreadable('damaged', 'shared strings end early')
  }

  #keep(rest: string): void {
    if (rest.length > this.#limits.cellBytes) throw overLimit('cellBytes')
    this.#rest = rest
  }

  #findNames(all: string): string | undefined {
    const found = /<((?:[\w.-]+:)?)si[\s/>]/.exec(all)
    if (found === null) return undefined
    this.#open = `<${found[1] ?? ''}si`
    this.#close = `</${found[1] ?? ''}si>`
    return this.#close
  }

  /** Gives every complete item and returns where the incomplete rest begins. */
  #items(all: string, close: string): number {
    let at = all.indexOf(this.#open)
    while (at >= 0) {
      const past = this.#plainItem(all, at)
      if (past > 0) {
        at = all.startsWith(this.#open, past) ? past : all.indexOf(this.#open, past)
        if (at < 0) return past
        continue
      }
      const tagClose = all.indexOf('>', at)
      if (tagClose < 0) return at
      if (all[tagClose - 1] === '/') {
        this.#onText('')
        at = all.indexOf(this.#open, tagClose)
        if (at < 0) return tagClose + 1
        continue
      }
      const end = all.indexOf(close, tagClose)
      if (end < 0) return at
      this.#onText(this.#itemText(all.slice(at, end + close.length)))
      const next = end + close.length
      at = all.startsWith(this.#open, next) ? next : all.indexOf(this.#open, next)
      if (at < 0) return next
    }
    return Math.max(0, all.length - this.#open.length - 8)
  }

  /** `<si><t>text</t></si>`: gives it and returns the position after it, or 0 for any other item. */
  #plainItem(all: string, at: number): number {
    if (!all.startsWith(plainOpen, at)) return 0
    const from = at + plainOpen.length
    const to = all.indexOf('<', from)
    if (to < 0 || !all.startsWith(plainClose, to)) return 0
    this.#onText(decodeText(all.slice(from, to)))
    return to + plainClose.length
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
