import { basename } from 'node:path'
import { z } from 'zod'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { ErrorCode } from '../../../../shared/errors.ts'
import { findFaults } from '../../../../shared/report/integrity.ts'
import { readReport } from '../../../../shared/report/read-report.ts'
import { ReportFile, reportFormat, reportVersion } from '../../../../shared/report/report.ts'
import { templateFormat } from '../../../../shared/report/template/pack-template.ts'
import { exactlyOne, readArguments, readInput } from '../arguments.ts'
import type { Command } from '../command.ts'
import { jsonText } from '../terminal.ts'

interface Found {
  readonly kind: 'report' | 'template' | null
  readonly code: ErrorCode | null
  readonly faults: readonly { readonly place: string; readonly fault: string }[]
}

export const checkCommand: Command = async ({ args, terminal }) => {
  const { positionals } = readArguments(args, {})
  const file = exactlyOne(positionals, 'FILE')
  const { kind, code, faults } = checkText(await readInput(file))
  terminal.result(jsonText({ file: basename(file), kind, ok: code === null, faults }))
  if (code === null) return
  const shown = faults.slice(0, 20).map(({ place, fault }) => `${place}: ${fault}`)
  throw new AppErrorException(appError(code, { count: faults.length, faults: shown }))
}

const Envelope = z.looseObject({ format: z.enum([reportFormat, templateFormat]) })

/** Every fault with its place; reading a report stops at the first, which is not enough for who mends one. */
function checkText(text: string): Found {
  const one = (code: ErrorCode, place: string, fault: string): Found => ({
    kind: null,
    code,
    faults: [{ place, fault }],
  })
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    return one('report/notAReport', '', error instanceof Error ? error.message : 'not JSON')
  }
  const envelope = Envelope.safeParse(raw)
  if (!envelope.success) return one('report/notAReport', 'format', 'unknown format')
  const { format } = envelope.data
  const kind = format === templateFormat ? 'template' : 'report'
  const read = readReport(new TextEncoder().encode(text), format)
  if (read.ok) return { kind, code: null, faults: [] }
  const { code, details } = read.error
  return { kind, code, faults: faultsOf(raw, code, details) }
}

function faultsOf(raw: unknown, code: ErrorCode, details: object): Found['faults'] {
  const version = z.looseObject({ version: z.number() }).safeParse(raw).data?.version
  // Older versions are judged after migration, by what reading them says.
  if (version !== reportVersion) return [{ place: 'version', fault: JSON.stringify(details) }]
  const file = ReportFile.safeParse({ ...z.looseObject({}).parse(raw), format: reportFormat })
  if (file.success) return findFaults(file.data.report)
  if (code !== 'report/invalid') return [{ place: '', fault: JSON.stringify(details) }]
  return file.error.issues.map(({ path, message }) => ({
    place: path.map(String).join('.'),
    fault: message,
  }))
}
