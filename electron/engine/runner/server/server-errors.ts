/** What is wrong with a server, in the codes of the contract. A message is the server's own, without the password. */
import type { ErrorCode } from '../../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { ServerAccess } from './server-access.ts'

export const serverFaults = [
  'connection/unreachable',
  'connection/wrongPassword',
  'connection/certificate',
  'connection/noEncryption',
  'connection/noDatabase',
  'connection/noRights',
  'connection/unsupported',
  'query/timedOut',
  'query/tooLarge',
  'dataset/notFound',
] as const satisfies readonly ErrorCode[]
export type ServerFault = (typeof serverFaults)[number]

export function serverError(code: ServerFault, details: Record<string, string | number> = {}) {
  return new AppErrorException(appError(code, details, code === 'connection/unreachable'))
}

/** Of TLS, as Node names them. */
const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME|ERR_TLS|ERR_SSL|EPROTO/
const networkCodes = /^(ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_|EPIPE|UND_ERR|ENOENT|EACCES)/

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** A trouble of the way to the server, or undefined when it is not one. */
export function wayTrouble(error: unknown, access: ServerAccess): AppErrorException | undefined {
  const code = codeOf(error)
  const where = addressOf(access)
  if (certificateCodes.test(code)) return serverError('connection/certificate', where)
  if (networkCodes.test(code)) return serverError('connection/unreachable', where)
  return undefined
}

/** For the words: the reason names those that hold these. */
export const addressOf = ({ host, port }: ServerAccess) => ({ reason: 'address', host, port })
export const databaseOf = ({ database }: ServerAccess) => ({ reason: 'database', database })

/** Nothing a server says may carry the password further. */
export function withoutSecret(message: string, { secret }: ServerAccess): string {
  return secret.length < 3 ? message : message.replaceAll(secret, '•••')
}
