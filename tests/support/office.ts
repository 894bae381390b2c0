/** LibreOffice and openpyxl, which open workbooks as other people's programs do. Tests without them are counted as skipped. */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { tempFolder } from './temp-folder.ts'

const run = promisify(execFile)
const programs = ['soffice', 'libreoffice']

export const office = programs.find((name) => spawnSync(name, ['--version']).status === 0)

/** Debian's own Python, where the package is installed. */
export const python = '/usr/bin/python3'
export const hasOpenpyxl = spawnSync(python, ['-c', 'import openpyxl']).status === 0

/** Every sheet of a workbook as LibreOffice calculates and shows it: lines of cells, by the sheet's name. */
export async function sheetsInOffice(path: string): Promise<ReadonlyMap<string, string[][]>> {
  const profile = pathToFileURL(tempFolder()).href
  const out = tempFolder()
  // Tab, quotes, UTF-8, from line 1, no column formats, English, quote texts, values unformatted, every sheet (-1).
  const csv = 'csv:Text - txt - csv (StarCalc):9,34,76,1,,1033,false,false,false,false,false,-1'
  const args = [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', csv]
  const { stdout, stderr } = await run(office ?? '', [...args, '--outdir', out, path], {
    maxBuffer: 64 * 1024 * 1024,
  })
  const said = `${stdout}${stderr}`
  if (/error|repair|corrupt/i.test(said)) throw new Error(said)
  const start = `${basename(path, '.xlsx')}-`
  return new Map(
    readdirSync(out).map((name) => [
      name.slice(start.length, -'.csv'.length),
      linesOf(readFileSync(join(out, name), 'utf8')),
    ]),
  )
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t').map(unquoted))
}

const unquoted = (cell: string): string =>
  cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell

export interface PythonSheet {
  readonly name: string
  readonly values: readonly (readonly unknown[])[]
  readonly merged: readonly string[]
  readonly frozen: string | null
}

const script = `
import json, sys, warnings, openpyxl
warnings.simplefilter('error')
warnings.filterwarnings('ignore', message='DrawingML support is incomplete')
book = openpyxl.load_workbook(sys.argv[1])
plain = lambda v: v if v is None or isinstance(v, (int, float, str, bool)) else v.isoformat()
print(json.dumps([{
  'name': s.title,
  'values': [[plain(c) for c in r] for r in s.iter_rows(values_only=True, max_row=min(200, s.max_row))],
  'merged': sorted(str(m) for m in s.merged_cells.ranges),
  'frozen': s.freeze_panes,
} for s in book]))
`

/** The first 200 lines of every sheet as openpyxl reads them, with its warnings as errors. */
export async function sheetsInPython(path: string): Promise<readonly PythonSheet[]> {
  if (!existsSync(path)) throw new Error(`no workbook at ${path}`)
  const { stdout } = await run(python, ['-c', script, path], { maxBuffer: 64 * 1024 * 1024 })
  // Written by the script above in exactly this shape.
  return JSON.parse(stdout) as readonly PythonSheet[]
}
