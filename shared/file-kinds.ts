import type { FilePurpose, SavePurpose } from './host-words.ts'

/** Extensions offered for a purpose, without dots; none means folders only. */
const openKinds: Record<FilePurpose, readonly string[]> = {
  data: [
    ...['xlsx', 'xlsm', 'xltx', 'xltm', 'xls', 'xlt', 'xlsb', 'ods', 'ots', 'html', 'htm'],
    ...['mht', 'mhtml'],
    ...[
      'csv',
      'tsv',
      'tab',
      'txt',
      'sqlite',
      'db',
      'sqlite3',
      'parquet',
      'json',
      'jsonl',
      'ndjson',
    ],
  ],
  report: ['storeboard'],
  template: ['sbtemplate'],
  recipe: ['json'],
  image: ['png', 'jpg', 'jpeg', 'webp', 'svg'],
  workspace: [],
  dataFolder: [],
}

const saveKinds: Record<SavePurpose, readonly string[]> = {
  report: ['storeboard'],
  template: ['sbtemplate'],
  recipe: ['json'],
  xlsx: ['xlsx'],
  pdf: ['pdf'],
  png: ['png'],
  svg: ['svg'],
  csv: ['csv'],
  workspace: [],
  backup: ['zip'],
}

const kinds: Record<string, readonly string[]> = { ...openKinds, ...saveKinds }

export function extensionsFor(purpose: FilePurpose | SavePurpose): readonly string[] {
  return kinds[purpose] ?? []
}

/** In a folder: what begins so is hidden, or held open by another program beside a file. */
export function isDataFileName(name: string): boolean {
  const ending = /^[^.~].*\.([^.]+)$/s.exec(name)?.[1]?.toLowerCase()
  return ending !== undefined && openKinds.data.includes(ending)
}

/** Only folders are picked for these. */
export function picksFolders(purpose: FilePurpose | SavePurpose): boolean {
  return extensionsFor(purpose).length === 0
}

/** The name as it will be saved: what the user typed, with the purpose's extension unless it has it. */
export function withExtension(name: string, purpose: SavePurpose): string {
  const [extension] = saveKinds[purpose]
  const has = extension === undefined || name.toLowerCase().endsWith(`.${extension}`)
  return has ? name : `${name}.${extension}`
}
