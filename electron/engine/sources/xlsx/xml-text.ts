/** A small strict reader for the short XML parts of a workbook and for the odd cell; long parts have scanners of their own. */
import { overLimit, unreadable } from '../source-limits.ts'

export interface XmlTag {
  /** Name without its namespace prefix. */
  readonly name: string
  readonly attributes: string
  readonly kind: 'open' | 'close' | 'empty'
}

export interface XmlListener {
  tag(tag: XmlTag): void
  text?(text: string): void
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

/** `_x000D_` is how a workbook writes a control character inside text. */
export function decodeText(text: string): string {
  const lines = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  const plain = lines.includes('&')
    ? lines.replaceAll(/&(#x?)?([\da-zA-Z]{1,10});/g, entity)
    : lines
  return plain.includes('_x')
    ? plain.replaceAll(/_x([\da-fA-F]{4})_/g, (_whole, code: string) =>
        String.fromCharCode(parseInt(code, 16)),
      )
    : plain
}

function entity(whole: string, marker: string | undefined, body: string): string {
  if (marker === undefined) return entities[body] ?? whole
  const code = marker === '#' ? Number(body) : parseInt(body, 16)
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

/** Walks tags and text. Document types are refused: entities of one's own are how XML bombs are made. */
export function walkXml(xml: string, listener: XmlListener, maxDepth: number): void {
  let at = 0
  let depth = 0
  while (at < xml.length) {
    const open = xml.indexOf('<', at)
    if (open < 0) return
    if (open > at) listener.text?.(decodeText(xml.slice(at, open)))
    if (xml.startsWith('<!--', open)) at = after(xml, '-->', open)
    else if (xml.startsWith('<![CDATA[', open)) {
      at = after(xml, ']]>', open)
      listener.text?.(xml.slice(open + 9, at - 3))
    } else if (xml.startsWith('<?', open)) at = after(xml, '?>', open)
    else if (xml.startsWith('<!', open)) throw unreadable('unsafe', 'document type in a part')
    else {
      const close = tagEnd(xml, open)
      const tag = readTag(xml.slice(open + 1, close))
      if (tag.kind === 'open' && ++depth > maxDepth) throw overLimit('xmlDepth')
      if (tag.kind === 'close') depth--
      listener.tag(tag)
      at = close + 1
    }
  }
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  if (at < 0) throw unreadable('damaged', 'part ends inside a tag')
  return at + mark.length
}

function tagEnd(xml: string, open: number): number {
  let quote = ''
  for (let at = open + 1; at < xml.length; at++) {
    const char = xml.charAt(at)
    if (quote === '') {
      if (char === '>') return at
      if (char === '"' || char === "'") quote = char
    } else if (char === quote) quote = ''
  }
  throw unreadable('damaged', 'part ends inside a tag')
}

function readTag(inside: string): XmlTag {
  const closing = inside.startsWith('/')
  const empty = inside.endsWith('/')
  const body = inside.slice(closing ? 1 : 0, empty ? -1 : undefined)
  const space = body.search(/\s/)
  const full = space < 0 ? body : body.slice(0, space)
  return {
    name: full.slice(full.indexOf(':') + 1),
    attributes: space < 0 ? '' : body.slice(space),
    kind: closing ? 'close' : empty ? 'empty' : 'open',
  }
}

/** An attribute by its name without prefix; `r:id` and `id` are told apart by asking for `r:id`. */
export function attribute(tag: XmlTag, name: string): string | undefined {
  const pattern = new RegExp(`\\s${name.replace(/^r:/, '[\\w.-]+:')}\\s*=\\s*("([^"]*)"|'([^']*)')`)
  const found = pattern.exec(tag.attributes)
  const raw = found?.[2] ?? found?.[3]
  return raw === undefined ? undefined : decodeText(raw)
}
