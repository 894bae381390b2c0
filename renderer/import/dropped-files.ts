/** What was dropped on the window, folders opened: their data files, in the order of their names. */
import { isDataFileName } from '../../shared/file-kinds.ts'

/** Entries are asked for at once: they are gone when the event is over. */
export async function filesIn(dropped: DataTransfer): Promise<File[]> {
  const found = [...dropped.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return [{ entry, file: item.getAsFile() }]
  })
  if (found.length === 0) return [...dropped.files]
  const lists = await Promise.all(
    found.map(async ({ entry, file }) => {
      if (isFolder(entry)) return filesOfFolder(entry)
      return file === null ? [] : [file]
    }),
  )
  return lists.flat()
}

const isFolder = (entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry =>
  entry?.isDirectory === true

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const entries = await entriesOf(folder.createReader())
  const files = entries
    .filter(isFile)
    .filter(({ name }) => isDataFileName(name))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  return Promise.all(files.map(fileOf))
}

/** A reader tells its entries in pieces, the last of them empty. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (piece.length === 0) return all
    all.push(...piece)
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))
