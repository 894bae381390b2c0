/** Folders of data files: what lies in one, and which chosen files lie together. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { mostFiles } from '../../../shared/data/import-words.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { isDataFileName } from '../../../shared/file-kinds.ts'

/** Right in the folder, in the order of their names; what another program holds open beside a file is none. */
export async function dataFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && isDataFileName(entry.name))
    .map(({ name }) => name)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const name = basename(folder)
  if (names.length === 0) throw new AppErrorException(appError('dataset/empty', { name, reason: 'folder' })) // prettier-ignore
  refuseTooMany(names.length, name)
  return names.map((one) => join(folder, one))
}

/** Of a folder by its name, or of chosen files. */
export function refuseTooMany(files: number, name?: string): void {
  if (files <= mostFiles) return
  const details = { limit: mostFiles, reason: 'files', ...(name === undefined ? {} : { name }) }
  throw new AppErrorException(appError('dataset/overLimit', details))
}

/** By folder, the name of each and the files of it. */
export function filesTogether(
  files: readonly { readonly id: string; readonly path: string }[],
): { name: string; files: string[] }[] {
  const groups = Map.groupBy(files, ({ path }) => dirname(path))
  return [...groups].map(([folder, own]) => {
    return { name: basename(folder) || folder, files: own.map(({ id }) => id) }
  })
}
