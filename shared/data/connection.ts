/** A database server of the user's house, and what is known of it. Its password is never part of any of this. */
import { z } from 'zod'
import { Field } from './field.ts'

export const ConnectionId = z.string().regex(/^con_[a-z0-9]{6,24}$/)
export type ConnectionId = z.infer<typeof ConnectionId>

export const ConnectionKind = z.enum(['postgres', 'clickhouse'])
export type ConnectionKind = z.infer<typeof ConnectionKind>

/** Not at all; encrypted, whoever the server is; encrypted, and the server must prove that it is the one named. */
export const TlsMode = z.enum(['off', 'encrypted', 'verified'])
export type TlsMode = z.infer<typeof TlsMode>

export const ConnectionSettings = z.strictObject({
  name: z.string().trim().min(1).max(120),
  kind: ConnectionKind,
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  database: z.string().min(1).max(200),
  user: z.string().min(1).max(200),
  tls: TlsMode,
  /** Of an authority the system does not know, as PEM; with `verified` only. */
  authority: z.string().max(100_000).nullable(),
})
export type ConnectionSettings = z.infer<typeof ConnectionSettings>

/** What a server can do beyond what every one can: asked of it, never assumed by its name. */
export const ServerFeature = z.enum([
  /** Named selects, kept instead of computed once per use. */
  'namedSelects',
  'keptSelects',
  'boundValues',
  /** Letters of all scripts are folded. */
  'foldsAllLetters',
  'compensatedSums',
  /** More than one join in a select. */
  'severalJoins',
  /** Days and moments before 1970 and after 2105. */
  'wideDays',
])
export type ServerFeature = z.infer<typeof ServerFeature>

export const ServerFacts = z.strictObject({
  version: z.string().max(300),
  features: z.array(ServerFeature),
  /** May do anything: better to connect as somebody who can only read. */
  superuser: z.boolean(),
  encrypted: z.boolean(),
})
export type ServerFacts = z.infer<typeof ServerFacts>

/** Where the password is kept, or why a question would have to ask for it. */
export const SecretPlace = z.enum(['system', 'vault', 'session', 'locked', 'none'])
export type SecretPlace = z.infer<typeof SecretPlace>

/** How long a password is kept: the store of the system, a vault under a passphrase, or until the program ends. */
export const KeepSecret = z.enum(['system', 'vault', 'session'])
export type KeepSecret = z.infer<typeof KeepSecret>

export const ConnectionInfo = z.strictObject({
  id: ConnectionId,
  settings: ConnectionSettings,
  secret: SecretPlace,
  facts: ServerFacts,
  /** Names of the datasets that ask it. */
  datasets: z.array(z.string()),
})
export type ConnectionInfo = z.infer<typeof ConnectionInfo>

export const ServerTable = z.strictObject({
  schema: z.string().max(300),
  name: z.string().max(300),
  view: z.boolean(),
})
export type ServerTable = z.infer<typeof ServerTable>

/** Tables and their columns, for somebody who writes a statement; `cut` where there are more than are told. */
export const ServerNames = z.strictObject({
  tables: z.array(
    z.strictObject({
      schema: z.string().max(300),
      name: z.string().max(300),
      fields: z.array(Field),
    }),
  ),
  cut: z.boolean(),
})
export type ServerNames = z.infer<typeof ServerNames>

const secret = z.string().max(4000)

export const TestConnection = z.strictObject({
  settings: ConnectionSettings,
  /** Null where the connection is known and its kept password stands. */
  secret: secret.nullable(),
  id: ConnectionId.nullable(),
})
export type TestConnection = z.infer<typeof TestConnection>

export const SaveConnection = z.strictObject({
  id: ConnectionId.nullable(),
  settings: ConnectionSettings,
  secret: secret.nullable(),
  keep: KeepSecret,
  /** For the vault: makes it, or opens it. */
  passphrase: z.string().max(1000).nullable(),
})
export type SaveConnection = z.infer<typeof SaveConnection>

export const UnlockConnection = z.strictObject({
  id: ConnectionId,
  /** One of the two: the password for this session, or the passphrase of the vault. */
  secret: secret.nullable(),
  passphrase: z.string().max(1000).nullable(),
})
export type UnlockConnection = z.infer<typeof UnlockConnection>

export const Connections = z.strictObject({
  connections: z.array(ConnectionInfo),
  /** Ways to keep a password on this machine. */
  keeping: z.array(KeepSecret),
  /** There is a vault already: its passphrase opens it. */
  hasVault: z.boolean(),
})
export type Connections = z.infer<typeof Connections>

export const ConnectTable = z.strictObject({
  connection: ConnectionId,
  schema: z.string().max(300),
  table: z.string().min(1).max(300),
  name: z.string().trim().min(1).max(120),
})
export type ConnectTable = z.infer<typeof ConnectTable>
