import { extname, resolve } from 'node:path'

const ours = ['.storeboard', '.sbtemplate']

/** The files a start or a second instance was asked to open: ours by their ending, switches left out. */
export function filesAmong(args: readonly string[], folder: string): string[] {
  return args
    .filter((arg) => !arg.startsWith('-') && ours.includes(extname(arg).toLowerCase()))
    .map((arg) => resolve(folder, arg))
}
