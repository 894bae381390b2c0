import { readInput } from './arguments.ts'

/** Of protected workbooks: the first line of standard input, as other programs hand a password over, else the variable. */
export async function givenPassword(fromInput: boolean): Promise<string | undefined> {
  if (!fromInput) return process.env['STOREBOARD_PASSWORD']
  const [line = ''] = (await readInput('-')).split(/\r?\n/, 1)
  return line
}
