/** Words that say along which edge, and which way. */
export type CellAxis = 'rows' | 'columns'
export type CellDirection = 'ascending' | 'descending'

const axes = new Map<string, CellAxis>([
  ['rows', 'rows'],
  ['columns', 'columns'],
  ['行', 'rows'],
  ['列', 'columns'],
])
const directions = new Map<string, CellDirection>([
  ['ascending', 'ascending'],
  ['descending', 'descending'],
  ['升序', 'ascending'],
  ['降序', 'descending'],
])

export const axisNamed = (word: string): CellAxis | undefined => axes.get(word.toLowerCase())
export const directionNamed = (word: string): CellDirection | undefined =>
  directions.get(word.toLowerCase())
export const axisWords: readonly string[] = [...axes.keys()]
export const directionWords: readonly string[] = [...directions.keys()]
