/** Where the tags of a page stand, however it is damaged: a tag that does not end is text. */
import { unreadable } from '../source-limits.ts'

export interface HtmlTag {
  /** Empty for a comment. */
  readonly name: string
  readonly closing: boolean
  readonly attributes: string
  readonly from: number
  readonly to: number
}

const nameForm = /[a-zA-Z][\w:-]*/y
/** Beyond so many looks at a page for ends that are not there it is refused. */
const mostLooks = 64

/** Throws AppErrorException for a page of tags without ends; no tag is longer than `longest`. */
export function* htmlTags(html: string, longest: number): Generator<HtmlTag> {
  let inVain = 0
  for (let from = html.indexOf('<'); from >= 0; from = html.indexOf('<', from + 1)) {
    const tag = html.startsWith('<!--', from) ? commentAt(html, from) : tagAt(html, from, longest)
    if (typeof tag === 'number') {
      inVain += tag
      if (inVain > mostLooks * html.length) throw unreadable('damaged', 'tags do not end')
      continue
    }
    yield tag
    from = tag.to - 1
  }
}

function commentAt(html: string, from: number): HtmlTag {
  const end = html.indexOf('-->', from + 4)
  const to = end < 0 ? html.length : end + 3
  return { name: '', closing: false, attributes: '', from, to }
}

/** How much was looked at where there is no tag. */
function tagAt(html: string, from: number, longest: number): HtmlTag | number {
  const closing = html.charAt(from + 1) === '/'
  nameForm.lastIndex = from + (closing ? 2 : 1)
  const name = nameForm.exec(html)?.[0]
  if (name === undefined) return 1
  const start = nameForm.lastIndex
  const last = Math.min(html.length, from + longest)
  for (let at = start; at < last; at++) {
    const sign = html.charAt(at)
    if (sign === '>') return { name, closing, attributes: html.slice(start, at), from, to: at + 1 }
    if (sign !== '"' && sign !== "'") continue
    const end = html.indexOf(sign, at + 1)
    if (end < 0) return html.length - from
    at = end
  }
  return last - from
}
