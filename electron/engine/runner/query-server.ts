import type { ErrorDetails } from '../../../shared/errors.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import { fileFaultOf } from '../file-faults.ts'
import { openExtractSession } from './duckdb/extract-session.ts'
import type { FileFault, FromQueryProcess, QuerySession, ToQueryProcess } from './query-messages.ts'
import { StatementTrouble, fileFaults } from './query-messages.ts'
import type { ServerFault } from './server/server-errors.ts'
import { serverFaults } from './server/server-errors.ts'
import { openLiveSession } from './sqlite/live-session.ts'

/** The inside of a query process, apart from the link that carries its messages. */
export function serveQueries(
  post: (message: FromQueryProcess) => void,
): (message: ToQueryProcess) => void {
  let session: Promise<QuerySession> | undefined

  const open = (opening: Promise<QuerySession>): void => {
    session = opening
    opening.then(
      () => post({ kind: 'opened' }),
      (error: unknown) => post({ kind: 'openFailed', message: messageOf(error) }),
    )
  }

  const run = async (message: Extract<ToQueryProcess, { kind: 'run' }>): Promise<void> => {
    try {
      if (!session) throw new Error('nothing is open')
      const answer = await (
        await session
      ).run(message.text, message.values, message.id, message.written !== undefined)
      post({ kind: 'answer', id: message.id, ...answer })
    } catch (error) {
      const text = messageOf(error)
      const fault = faultOf(error)
      const details = detailsOf(error, fault)
      post({
        kind: 'failed',
        id: message.id,
        message: text,
        interrupted: text.includes('INTERRUPT'),
        ...(fault === undefined ? {} : { fault }),
        ...(details ? { details } : {}),
      })
    }
  }

  return (message) => {
    switch (message.kind) {
      case 'openExtracts':
        open(openExtractSession(message))
        return
      case 'openLive':
        open(Promise.resolve().then(() => openLiveSession(message.path, message.tempFolder)))
        return
      case 'openServer':
        open(
          import('./server/open-server.ts').then(({ openServerSession }) =>
            openServerSession(message.access),
          ),
        )
        return
      case 'run':
        void run(message)
        return
      case 'interrupt':
        void session?.then((open) => open.interrupt(message.id))
    }
  }
}

function faultOf(error: unknown): FileFault | ServerFault | undefined {
  const code = error instanceof AppErrorException ? error.appError.code : fileFaultOf(error)
  return [...fileFaults, ...serverFaults].find((fault) => fault === code)
}

function detailsOf(error: unknown, fault: string | undefined): ErrorDetails | undefined {
  if (error instanceof StatementTrouble) return error.details
  return fault !== undefined && error instanceof AppErrorException
    ? error.appError.details
    : undefined
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
