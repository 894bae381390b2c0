/** ClickHouse's TabSeparatedWithNamesAndTypes: everything as text, in one form from the oldest version to the newest. */
import type { RawColumn } from '../../query/query-runner.ts'
import type { TextKind } from './text-columns.ts'
import { columnOf } from './text-columns.ts'

const escapes: Readonly<Record<string, string>> = {
  ...{ b: '\b', f: '\f', r: '\r', n: '\n', t: '\t', '0': '\0', "'": "'", '\\': '\\' },
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(/\\(.)/gs, (all: string, sign: string) => escapes[sign] ?? all)
}

const cellOf = (text: string): string | null => (text === '\\N' ? null : unescaped(text))

function kindOf(type: string): TextKind {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1]
  if (inner !== undefined) return kindOf(inner)
  if (/^U?Int/.test(type)) return 'whole'
  if (type.startsWith('Float')) return 'double'
  if (type.startsWith('Decimal')) return 'decimal'
  return type === 'Bool' ? 'boolean' : 'text'
}

export function readTabSeparated(
  text: string,
  nameOf: (alias: string) => string,
): { rows: number; columns: (readonly [string, RawColumn])[] } {
  const lines = text.split('\n')
  // The last line ends like every other.
  if (lines.at(-1) === '') lines.pop()
  const [names = '', types = '', ...rows] = lines
  const cells = rows.map((line) => line.split('\t'))
  const kinds = types.split('\t').map((type) => kindOf(unescaped(type)))
  return {
    rows: rows.length,
    columns: names.split('\t').map((name, index) => [
      nameOf(unescaped(name)),
      columnOf(
        kinds[index] ?? 'text',
        cells.map((row) => cellOf(row[index] ?? '\\N')),
      ),
    ]),
  }
}
