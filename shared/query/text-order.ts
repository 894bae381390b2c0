/**
 * The one order of text everywhere: pinyin for Chinese, numbers inside text by value ("Shop 2" before "Shop 10"). Equal
 * by the collator but different as text is decided by code units, so that the order is total.
 */
const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })

export function compareText(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
