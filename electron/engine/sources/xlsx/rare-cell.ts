/** The inside of a cell that is not just a plain value: inline and rich text, CDATA, comments, prefixes, entities. */
import type { XmlTag } from './xml-text.ts'
import { walkXml } from './xml-text.ts'

export interface RareCell {
  /** Text of `v`, undefined when there is none. */
  readonly value: string | undefined
  /** Text of `is`, rich runs joined, phonetic hints left out. */
  readonly inline: string | undefined
  readonly formula: boolean
}

export function readRareCell(inside: string, maxDepth: number): RareCell {
  let value: string | undefined
  let inline: string | undefined
  let formula = false
  const path: string[] = []
  const tag = (found: XmlTag): void => {
    if (found.kind === 'close') {
      path.pop()
      return
    }
    if (found.kind === 'open') path.push(found.name)
    if (found.name === 'f') formula = true
    if (found.name === 'v') value = ''
    if (found.name === 'is') inline = ''
  }
  const text = (part: string): void => {
    const last = path.at(-1)
    if (last === 'v') value = (value ?? '') + part
    else if (last === 't' && path[0] === 'is' && !path.includes('rPh'))
      inline = (inline ?? '') + part
  }
  walkXml(inside, { tag, text }, maxDepth)
  return { value, inline, formula }
}
