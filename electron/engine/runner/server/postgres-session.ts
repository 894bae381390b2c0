/** Questions to PostgreSQL and what speaks its wire: a few connections, each of which can only read. */
import { setTimeout } from 'node:timers/promises'
import type { ClientConfig, FieldDef, QueryArrayConfig, QueryResult } from 'pg'
import pg from 'pg'
import { AppErrorException } from '../../../../shared/errors.ts'
import type { SqlValue } from '../../sql/nodes.ts'
import type { QuerySession } from '../query-messages.ts'
import { StatementTrouble } from '../query-messages.ts'
import type { ServerAccess } from './server-access.ts'
import {
  addressOf,
  codeOf,
  databaseOf,
  serverError,
  wayTrouble,
  withoutSecret,
} from './server-errors.ts'
import type { TextKind } from './text-columns.ts'
import { columnOf } from './text-columns.ts'

const mostConnections = 4
const betweenWishesMs = 100

/** Every cell as the server wrote it: no parser of the driver's turns digits into doubles or dates into moments. */
const asWritten: NonNullable<ClientConfig['types']> = {
  getTypeParser: () => (text: string | Buffer) => String(text),
}

interface Connected {
  readonly client: pg.Client
  readonly pid: number
  used: boolean
  broken: boolean
  /** While the server is being asked to end the statement: nobody else's may be begun. */
  ending?: Promise<void>
}

type Answer = Awaited<ReturnType<QuerySession['run']>>

/** At most a few connections; who finds none free waits for one. */
class Pool {
  readonly #access: ServerAccess
  readonly #idle: Connected[] = []
  readonly #waiting: (() => void)[] = []
  #open = 0

  constructor(access: ServerAccess) {
    this.#access = access
  }

  async take(): Promise<Connected> {
    for (;;) {
      const free = this.#idle.pop()
      if (free && !free.broken) return free
      if (free) this.#open--
      else if (this.#open < mostConnections) break
      else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#open++
    try {
      return await connect(this.#access)
    } catch (error) {
      this.#open--
      this.#waiting.shift()?.()
      throw error
    }
  }

  give(connected: Connected): void {
    this.#idle.push(connected)
    this.#waiting.shift()?.()
  }
}

export function openPostgresSession(access: ServerAccess): QuerySession {
  const pool = new Pool(access)
  const running = new Map<number, Connected>()
  /** How to end the wait for a connection, of every question that has not ended. */
  const leaving = new Map<number, () => void>()

  const askOnce = async (
    connected: Connected,
    ...[text, values, id, written]: Parameters<QuerySession['run']>
  ): Promise<Answer> => {
    try {
      running.set(id, connected)
      const work = () => ask(connected, access, text, values)
      return await (written === true ? undone(connected, work) : work())
    } catch (error) {
      throw explain(error, access)
    } finally {
      running.delete(id)
      await connected.ending
      delete connected.ending
      pool.give(connected)
    }
  }

  return {
    async run(text, values, id, written) {
      const left = new Promise<never>((_resolve, reject) => {
        leaving.set(id, () => reject(new Error('INTERRUPT')))
      })
      left.catch(() => undefined)
      try {
        for (;;) {
          const connected = await connectedOr(left, pool)
          const { used } = connected
          connected.used = true
          try {
            return await askOnce(connected, text, values, id, written)
          } catch (error) {
            // A connection that was cut while nobody asked says so only now.
            if (!used || !isUnreachable(error)) throw error
            connected.broken = true
          }
        }
      } finally {
        leaving.delete(id)
      }
    },
    interrupt(id) {
      const connected = running.get(id)
      // One that has ended already is nobody's to withdraw.
      if (!connected) leaving.get(id)?.()
      else connected.ending ??= cancelOnServer(connected, access, () => running.has(id))
    },
  }
}

/** Whoever leaves first lets the connection that comes go to the next. */
async function connectedOr(left: Promise<never>, pool: Pool): Promise<Connected> {
  const taken = pool.take()
  try {
    return await Promise.race([taken, left])
  } catch (error) {
    taken.then((connected) => pool.give(connected)).catch(() => undefined)
    throw error
  }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof AppErrorException && error.appError.code === 'connection/unreachable'

function configOf(access: ServerAccess): ClientConfig {
  const { host, port, database, user, secret, tls, authority, limits } = access
  const verified = authority === null ? {} : { ca: authority }
  return {
    ...{ host, port, database, user, password: secret, types: asWritten },
    ssl: tls === 'off' ? false : tls === 'verified' ? verified : { rejectUnauthorized: false },
    connectionTimeoutMillis: limits.connectMs,
    keepAlive: true,
    application_name: 'Storeboard',
  }
}

async function plainClient(access: ServerAccess): Promise<pg.Client> {
  const client = new pg.Client(configOf(access))
  // A connection that breaks while nobody asks is noticed by the next question.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    void client.end().catch(() => undefined)
    throw explain(error, access)
  }
}

async function connect(access: ServerAccess): Promise<Connected> {
  const client = await plainClient(access)
  const connected: Connected = { client, pid: 0, used: false, broken: false }
  client.on('end', () => (connected.broken = true))
  try {
    await client.query('set default_transaction_read_only = on')
    await client.query(`set statement_timeout = ${Math.trunc(access.limits.statementMs)}`)
    await client.query('set standard_conforming_strings = on')
    const { rows } = await client.query<{ pid: string }>('select pg_backend_pid() as pid')
    return Object.assign(connected, { pid: Number(rows[0]?.pid) })
  } catch (error) {
    void client.end().catch(() => undefined)
    throw wayTrouble(error, access) ?? serverError('connection/unsupported', said(error, access))
  }
}

/**
 * By a second connection, as the same user, until the statement no longer runs: a server between two messages of one
 * question takes a wish to end it for nothing.
 */
async function cancelOnServer(
  { pid }: Connected,
  access: ServerAccess,
  runs: () => boolean,
): Promise<void> {
  try {
    const client = await plainClient(access)
    try {
      while (runs()) {
        await client.query(`select pg_cancel_backend(${pid})`)
        await setTimeout(betweenWishesMs)
      }
    } finally {
      await client.end()
    }
  } catch {
    // The time-out of the statement ends it, and the engine waits no longer than its own.
  }
}

/** What a statement of the user's sets in its session is taken back with the transaction around it. */
async function undone(connected: Connected, work: () => Promise<Answer>): Promise<Answer> {
  await connected.client.query('begin read only')
  try {
    return await work()
  } finally {
    if (!connected.broken) {
      await connected.client.query('rollback').catch(() => {
        connected.broken = true
      })
    }
  }
}

/** Row by row, so that an answer beyond the limits is given up before it fills the memory. */
function ask(
  connected: Connected,
  access: ServerAccess,
  text: string,
  values: readonly SqlValue[],
): Promise<Answer> {
  const { limits } = access
  const rows: (string | null)[][] = []
  let bytes = 0
  let tooLarge: AppErrorException | undefined
  // The typings leave out what the driver documents. In the extended protocol a text is one statement, also without values.
  const extended = { queryMode: 'extended' as const }
  const config: QueryArrayConfig = { text, values: [...values], rowMode: 'array', ...extended }
  const query = new pg.Query<(string | null)[]>(config)
  return new Promise((resolve, reject) => {
    query.on('row', (row: (string | null)[]) => {
      if (tooLarge) return
      for (const cell of row) bytes += cell === null ? 1 : cell.length
      rows.push(row)
      if (rows.length <= limits.rows && bytes <= limits.bytes) return
      tooLarge = serverError('query/tooLarge', { groups: rows.length, limit: limits.rows })
      rows.length = 0
      // Cut, so that the server notices at its next row; asking it to stop would wait behind what it has sent.
      connected.broken = true
      void connected.client.end().catch(() => undefined)
      reject(tooLarge)
    })
    query.on('end', (result: QueryResult) => {
      if (tooLarge) reject(tooLarge)
      else resolve(answerOf(result.fields, rows))
    })
    query.on('error', (error: Error) => {
      if (codeOf(error) === '') connected.broken = true
      reject(tooLarge ?? error)
    })
    connected.client.query(query)
  })
}

/** The numbers PostgreSQL gives its own types. */
const kinds: Readonly<Record<number, TextKind>> = {
  ...{ 16: 'boolean', 20: 'whole', 21: 'whole', 23: 'whole', 26: 'whole' },
  ...{ 700: 'double', 701: 'double', 1700: 'decimal' },
}

function answerOf(fields: readonly FieldDef[], rows: readonly (string | null)[][]): Answer {
  return {
    rows: rows.length,
    columns: fields.map(({ name, dataTypeID }, index) => [
      name,
      columnOf(
        kinds[dataTypeID] ?? 'text',
        rows.map((row) => row[index] ?? null),
      ),
    ]),
  }
}

const said = (error: unknown, access: ServerAccess): { message: string } => ({
  message: withoutSecret(error instanceof Error ? error.message : String(error), access),
})

/** By the five signs of the standard's classes of trouble. */
function explain(error: unknown, access: ServerAccess): Error {
  if (error instanceof AppErrorException) return error
  const code = codeOf(error)
  const { message } = said(error, access)
  if (code === '57014') {
    return /statement timeout/.test(message)
      ? serverError('query/timedOut')
      : new Error('INTERRUPT')
  }
  if (/^28/.test(code))
    return serverError('connection/wrongPassword', { reason: 'user', user: access.user })
  if (code === '3D000') return serverError('connection/noDatabase', databaseOf(access))
  if (code === '42501') return serverError('connection/noRights', { message })
  if (code === '42P01' || code === '3F000') {
    return serverError('dataset/notFound', { message, ...saidOf(error) })
  }
  if (/^(08|57P|53300)/.test(code)) {
    return serverError('connection/unreachable', addressOf(access))
  }
  const trouble = wayTrouble(error, access) ?? byWords(message, access)
  return trouble instanceof AppErrorException
    ? trouble
    : new StatementTrouble(message, saidOf(error))
}

/** The server counts characters from 1. */
function saidOf(error: unknown): Record<string, string | number> {
  const place = error instanceof pg.DatabaseError ? Number(error.position) : NaN
  return { state: codeOf(error), ...(Number.isInteger(place) ? { character: place - 1 } : {}) }
}

/** The driver says a few things without a code. */
function byWords(message: string, access: ServerAccess): Error {
  const where = addressOf(access)
  if (/does not support SSL/i.test(message)) return serverError('connection/noEncryption', where)
  if (/password|SASL|SCRAM/i.test(message)) {
    return serverError('connection/wrongPassword', { reason: 'user', user: access.user })
  }
  if (/certificate|altname/i.test(message)) return serverError('connection/certificate', where)
  if (/timeout|terminated|closed|ended|not queryable/i.test(message)) {
    return serverError('connection/unreachable', where)
  }
  return new Error(message)
}
