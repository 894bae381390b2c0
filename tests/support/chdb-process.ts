/** The modern ClickHouse engine behind as much of the server's HTTP interface as the product uses. */
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What the binding exports and this file uses. */
interface Binding {
  CreateConnection(folder: string): object
  CloseConnection(connection: object): void
  QueryWithConnection(connection: object, sql: string, format: string): string
}

const binding = createRequire(import.meta.url)('@chdb/lib-linux-x64-gnu') as Binding
const data = join(process.env['DATA'] ?? '', 'chdb')
// Keeps the data open between requests, each of which has a connection of its own, hence settings of its own.
binding.CreateConnection(data)

const users: Readonly<Record<string, string | undefined>> = {
  default: 'writer',
  analyst: process.env['PASSWORD'],
}
/** About the conversation, not about the statement. */
const ofHttp = new Set(['database', 'query_id', 'wait_end_of_query', 'buffer_size', 'default_format', 'session_timezone_']) // prettier-ignore

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  // The stream of a request gives bytes.
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function answer(sql: string, settings: URLSearchParams, user: string): string {
  const connection = binding.CreateConnection(data)
  try {
    const database = settings.get('database')
    if (database) binding.QueryWithConnection(connection, `use \`${database}\``, 'Null')
    const sets = [...settings].filter(([name]) => !ofHttp.has(name) && name !== 'readonly')
    if (user === 'analyst') sets.push(['readonly', '2'])
    for (const [name, value] of sets) {
      binding.QueryWithConnection(connection, `set ${name} = ${quoted(value)}`, 'Null')
    }
    return binding.QueryWithConnection(connection, sql, 'TabSeparated')
  } finally {
    binding.CloseConnection(connection)
  }
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (url.pathname === '/ping') return void response.end('Ok.\n')
  void bodyOf(request).then((sql) => {
    const user = String(request.headers['x-clickhouse-user'] ?? 'default')
    if (users[user] !== request.headers['x-clickhouse-key']) {
      response.statusCode = 403
      return response.end(`Code: 516. DB::Exception: ${user}: Authentication failed`)
    }
    try {
      return response.end(answer(sql, url.searchParams, user))
    } catch (error) {
      response.statusCode = 500
      return response.end(error instanceof Error ? error.message : String(error))
    }
  })
})
server.listen(Number(process.env['PORT']), '127.0.0.1')
