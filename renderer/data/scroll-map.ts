/** The browser ends an element at 33 million pixels: taller contents are shown through a shorter canvas. */
export const tallestPx = 15_000_000

export interface Span {
  /** Pixels all rows would take. */
  readonly content: number
  /** Pixels of the rows in view. */
  readonly view: number
}

/** Where the canvas is scrolled to, and which pixel of all rows is at the top of the view. */
export interface Place {
  readonly scroll: number
  readonly top: number
}

export const canvasOf = ({ content }: Span): number => Math.min(content, tallestPx)
const lastTop = ({ content, view }: Span): number => Math.max(0, content - view)
const lastScroll = (span: Span): number => Math.max(0, canvasOf(span) - span.view)
/** Steps up to this are the wheel's and move pixel by pixel; longer ones are the scroll bar's. */
const smallStep = ({ view }: Span): number => 2 * view

/** The place that shows this pixel: exact near both ends, in proportion between them. */
export function placeAt(wanted: number, span: Span): Place {
  const top = Math.min(lastTop(span), Math.max(0, wanted))
  const [fromEnd, near] = [lastTop(span) - top, 2 * smallStep(span)]
  if (lastScroll(span) === lastTop(span) || top <= near) return { scroll: top, top }
  if (fromEnd <= near) return { scroll: lastScroll(span) - fromEnd, top }
  const share = top / lastTop(span)
  const scroll = Math.round(share * lastScroll(span))
  return { scroll: Math.min(lastScroll(span) - near, Math.max(near, scroll)), top }
}

/** The next place after the canvas was scrolled; its `scroll` differs from what was given when the canvas must be moved. */
export function movedTo(scroll: number, before: Place, span: Span): Place {
  if (lastScroll(span) === lastTop(span)) return { scroll, top: scroll }
  const step = scroll - before.scroll
  const factor = lastTop(span) / lastScroll(span)
  if (Math.abs(step) > smallStep(span)) return placeAt(scroll * factor, span)
  const top = Math.min(lastTop(span), Math.max(0, before.top + step))
  const margin = smallStep(span)
  const atEdge = scroll < margin || scroll > lastScroll(span) - margin
  return atEdge ? placeAt(top, span) : { scroll, top }
}
