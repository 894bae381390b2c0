import type { DictionaryEntry } from '../../shared/preparation/recipe.ts'

/** Lines of two columns as a worksheet puts them on the clipboard; nothing for text without a tab. */
export function pastedEntries(pasted: string): DictionaryEntry[] {
  if (!pasted.includes('\t')) return []
  return pasted.split(/\r?\n/).flatMap((line) => {
    const [from = '', to = ''] = line.split('\t').map((cell) => cell.trim().slice(0, 400))
    return from === '' ? [] : [{ from, to: to === '' ? null : to }]
  })
}
