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
 * are: the collator would say the same, many times slower. Undefined for any other two texts.
 */
function compareNumbered(a: string, b: string): number | undefined {
  if (a.length !== b.length) return undefined
  let order = 0
  for (let i = 0; i < a.length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (left === right) continue
    if (!isDigit(left) || !isDigit(right)) return undefined
    if (order === 0) order = left - right
  }
  return order
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
