import { basename } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { Bindings, Report } from '../../../shared/report/report.ts'
import type { Session } from './session.ts'

export interface OpenedDocument {
  readonly kind: 'report' | 'template'
  readonly report: Report
  readonly bindings: Bindings
}

/** A report with what the workspace remembers of it, or a template. */
export async function openDocument(
  session: Pick<Session, 'call' | 'file'>,
  path: string,
): Promise<OpenedDocument> {
  const file = session.file(path)
  try {
    const { report, bindings } = await session.call('report.open', { file })
    return { kind: 'report', report, bindings }
  } catch (error) {
    const code = error instanceof AppErrorException ? error.appError.code : undefined
    if (code === 'file/notFound')
      throw new AppErrorException(appError(code, { name: basename(path) }))
    if (code !== 'report/notAReport') throw error
    const { report } = await session.call('template.open', { file })
    return { kind: 'template', report, bindings: {} }
  }
}
