/** Questions to ClickHouse over its HTTP interface, the oldest and the newest alike. */
import { randomUUID } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import { AppErrorException } from '../../../../shared/errors.ts'
import type { SqlValue } from '../../sql/nodes.ts'
import type { QuerySession } from '../query-messages.ts'
import type { ServerAccess } from './server-access.ts'
import { addressOf, databaseOf, serverError, wayTrouble, withoutSecret } from './server-errors.ts'
import { readTabSeparated } from './tab-separated.ts'

const mostWishes = 10
const betweenWishesMs = 100

interface Asked {
  readonly queryId: string
  readonly abort: AbortController
}

export function openClickHouseSession(access: ServerAccess): QuerySession {
  const running = new Map<number, Asked>()
  let settings: Promise<Record<string, string>> | undefined

  /** What this user may still set; asked once, and again after it failed. */
  const allowed = (): Promise<Record<string, string>> => {
    settings ??= settingsOf(access).catch((error: unknown) => {
      settings = undefined
      throw error
    })
    return settings
  }

  return {
    async run(text, values, id) {
      const asked = { queryId: randomUUID(), abort: new AbortController() }
      running.set(id, asked)
      try {
        const own = { ...(await allowed()), ...parametersOf(values), query_id: asked.queryId }
        const body = await post(access, `${text}\nformat TabSeparatedWithNamesAndTypes`, own, asked)
        return readTabSeparated(body, (alias) => alias.replace(/^~answer~/, ''))
      } catch (error) {
        throw asked.abort.signal.aborted ? new Error('INTERRUPT') : explain(error, access)
      } finally {
        running.delete(id)
      }
    },
    interrupt(id) {
      const asked = running.get(id)
      if (!asked) return
      asked.abort.abort()
      void killOnServer(asked.queryId, access)
    },
  }
}

function parametersOf(values: readonly SqlValue[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value, index) => [`param_p${index + 1}`, parameterText(value)]),
  )
}

/** In the escapes of tab-separated values, which is how the server reads them. */
function parameterText(value: SqlValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number') return String(value)
  const signs: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' } // prettier-ignore
  return value.replaceAll(/[\\\t\n\r\0]/g, (sign) => signs[sign] ?? sign)
}

/**
 * A user who may set nothing gets no settings: the limits are then this side's alone. For the others the server itself
 * refuses to change anything, ends long statements, and stops what nobody waits for any more, as far as it knows how.
 */
async function settingsOf(access: ServerAccess): Promise<Record<string, string>> {
  const wanted = wantedSettings(access)
  const names = Object.keys(wanted).map((name) => `'${name}'`)
  const sql = `select name, value from system.settings where name in (${names.join(', ')})`
  const lines = (await post(access, `${sql} format TabSeparated`, {})).split('\n')
  const known = new Map(lines.map((line) => [line.split('\t')[0] ?? '', line.split('\t')[1]]))
  const level = known.get('readonly')
  if (level === '1') return {}
  return Object.fromEntries(
    Object.entries(wanted).filter(
      // Who is read-only by the server's word cannot be told so again.
      ([name]) => known.has(name) && (name !== 'readonly' || level === '0'),
    ),
  )
}

const wantedSettings = ({ limits }: ServerAccess): Readonly<Record<string, string>> => ({
  readonly: '2',
  max_execution_time: String(Math.max(1, Math.ceil(limits.statementMs / 1000))),
  max_result_rows: String(limits.rows),
  max_result_bytes: String(limits.bytes),
  result_overflow_mode: 'throw',
  cancel_http_readonly_queries_on_client_close: '1',
})

/** Closing the connection ends the statement where the server looks; this ends it where it does not. */
async function killOnServer(queryId: string, access: ServerAccess): Promise<void> {
  try {
    for (let wish = 0; wish < mostWishes; wish++) {
      // The id is made here, of digits, letters and hyphens.
      const ended = await post(access, `kill query where query_id = '${queryId}'`, {})
      // A question that was just sent is not among those that run yet.
      if (ended.trim() !== '') return
      await pause(betweenWishesMs)
    }
  } catch {
    // A user who can only read may not: the server ends the statement by itself.
  }
}

/** The whole answer waits on the server until it is complete, so that a failure has a status and no half answer. */
function post(
  access: ServerAccess,
  sql: string,
  settings: Readonly<Record<string, string>>,
  asked?: Asked,
): Promise<string> {
  const { database, user, secret, limits } = access
  const query = new URLSearchParams({ ...settings, database, wait_end_of_query: '1' })
  return new Promise((resolve, reject) => {
    const send = access.tls === 'off' ? plainRequest : tlsRequest
    const request = send(
      {
        ...optionsOf(access),
        path: `/?${query.toString()}`,
        ...(asked ? { signal: asked.abort.signal } : {}),
        headers: { 'X-ClickHouse-User': header(user), 'X-ClickHouse-Key': header(secret) },
      },
      (response) => void read(response, limits.bytes).then(resolve, reject),
    )
    request.on('socket', (socket) => {
      const timer = setTimeout(() => {
        const error = Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })
        if (socket.connecting) request.destroy(error)
      }, limits.connectMs)
      for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer))
    })
    request.on('error', reject)
    request.end(sql)
  })
}

/** Headers hold bytes: the server reads these as UTF-8. */
const header = (text: string): string => Buffer.from(text).toString('latin1')

function optionsOf(access: ServerAccess): RequestOptions & { ca?: string } {
  const { host, port, tls, authority } = access
  return {
    ...{ host, port, method: 'POST', agent: false },
    ...(tls === 'encrypted' ? { rejectUnauthorized: false } : {}),
    ...(tls === 'verified' && authority !== null ? { ca: authority } : {}),
  }
}

class Refused extends Error {}

async function read(response: IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    // Without an encoding the stream gives bytes.
    const part = chunk as Buffer
    bytes += part.length
    if (bytes > most) {
      response.destroy()
      throw serverError('query/tooLarge', { groups: bytes, limit: most })
    }
    chunks.push(part)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  if (response.statusCode !== 200) throw new Refused(text.slice(0, 2000))
  return text
}

/** ClickHouse's own numbers of trouble. */
const troubles: readonly (readonly [readonly number[], Parameters<typeof serverError>[0]])[] = [
  [[192, 193, 194, 516], 'connection/wrongPassword'],
  [[497, 291, 164], 'connection/noRights'],
  [[81], 'connection/noDatabase'],
  [[60, 47], 'dataset/notFound'],
  [[159, 160], 'query/timedOut'],
  [[396, 397, 241], 'query/tooLarge'],
  [[279, 209, 210], 'connection/unreachable'],
]

function explain(error: unknown, access: ServerAccess): Error {
  if (error instanceof AppErrorException) return error
  const message = withoutSecret(error instanceof Error ? error.message : String(error), access)
  if (!(error instanceof Refused)) return wayTrouble(error, access) ?? new Error(message)
  const number = Number(/Code: (\d+)/.exec(message)?.[1])
  // Ended by somebody's KILL: as good as withdrawn.
  if (number === 394) return new Error('INTERRUPT')
  const known = troubles.find(([numbers]) => numbers.includes(number))?.[1]
  if (known === undefined) return new Error(message)
  return serverError(known, detailsOf(known, message, access))
}

function detailsOf(
  code: Parameters<typeof serverError>[0],
  message: string,
  access: ServerAccess,
): Record<string, string | number> {
  switch (code) {
    case 'connection/wrongPassword':
      return { reason: 'user', user: access.user }
    case 'connection/noDatabase':
      return databaseOf(access)
    case 'connection/unreachable':
      return addressOf(access)
    case 'query/tooLarge':
      return { groups: access.limits.rows + 1, limit: access.limits.rows }
    default:
      return { message: message.slice(0, 300) }
  }
}
