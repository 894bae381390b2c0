/**
 * The one order of text everywhere: pinyin for Chinese, numbers inside text by value ("Shop 2" before "Shop 10"). Equal
 * by the collator but different as text is decided by code units, so that the order is total.
 */
const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })

export function compareText(a: string, b: string): number {
  return compareNumbered(a, b) ?? (collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0))
}

/**
 * Numbers of one form (member numbers, receipts, dates) differ in digits at equal places only, and are as their digits
 * are; a name with a number behind it ("Shop 2", "Shop 10") is as that number is. The collator would say the same, many
 * times slower. Undefined for any other two texts.
 */
function compareNumbered(a: string, b: string): number | undefined {
  if (a.length !== b.length) return compareNumberBehind(a, b)
  let order = 0
  for (let i = 0; i < a.length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (left === right) continue
    if (!isDigit(left) || !isDigit(right)) return undefined
    if (order === 0) order = left - right
  }
  return order
}

function compareNumberBehind(a: string, b: string): number | undefined {
  const shorter = Math.min(a.length, b.length)
  let from = 0
  while (from < shorter && a.charCodeAt(from) === b.charCodeAt(from)) from++
  while (from > 0 && isDigit(a.charCodeAt(from - 1))) from--
  return isNumberFrom(a, from) && isNumberFrom(b, from) ? a.length - b.length : undefined
}

/** Nothing but digits, the first of which counts. */
function isNumberFrom(text: string, from: number): boolean {
  if (from >= text.length || text.charCodeAt(from) === 48) return false
  for (let i = from; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false
  return true
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
