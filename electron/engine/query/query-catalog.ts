import type { Expr } from '../sql/nodes.ts'
import type { ConnectionKind, ServerFeature } from '../../../shared/data/connection.ts'
import type { FieldRole, FieldType } from '../../../shared/data/field.ts'
import type { RetailCalendar } from '../../../shared/calendar/retail-calendar.ts'
import type { PersonalKind } from '../../../shared/data/personal.ts'

/** A field as a question can use it. For extracts `index` is its place in the file (see extracts/CONTEXT.md). */
export interface QueryField {
  readonly index: number
  readonly name: string
  readonly type: FieldType
  readonly role: FieldRole
  readonly scale: number
  /** Text stored as dictionary codes, dense from 0 to `distinct` - 1. */
  readonly coded: boolean
  readonly wide: boolean
  /** Distinct values that are not blank; -1 when nobody counted. */
  readonly distinct: number
  /** Numbers of a live table some of whose blanks are empty text. */
  readonly gaps?: boolean | undefined
  /** The least value as text, where somebody looked. */
  readonly min?: string | null | undefined
  readonly personal?: PersonalKind | null | undefined
}

export type Storage =
  /** Attached to the query process under this catalogue name. */
  | { readonly kind: 'extract'; readonly alias: string; readonly path: string }
  | {
      readonly kind: 'live'
      /** Of a file; what names the connection where a server is asked. */
      readonly path: string
      readonly table: string
      readonly server?: ServerStorage
      /** Instead of a table: a statement of the user's, by the hash that is agreed to. */
      readonly sql?: WrittenSource
    }

export interface WrittenSource {
  readonly parts: readonly (string | Expr)[]
  readonly hash: string
}

/** A table of a server, and what that server can do. */
export interface ServerStorage {
  readonly connection: string
  readonly kind: ConnectionKind
  readonly schema: string
  readonly features: readonly ServerFeature[]
}

export interface QueryDataset {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly rows: number
  readonly dataAsOf: string
  /** Epoch day relative dates count from. */
  readonly lastDay: number | null
  readonly fields: readonly QueryField[]
  readonly storage: Storage
  /** Further fields of the same rows, in an extract of their own: row by row the same numbers. */
  readonly companion?: QueryDataset | undefined
  readonly person?: { readonly key: string | null; readonly field: string } | undefined
}

/** Every field a question on the dataset may name without a dot. */
export function ownFields({ fields, companion }: QueryDataset): readonly QueryField[] {
  return companion === undefined ? fields : [...fields, ...companion.fields]
}

/** Many-to-one by a key. For extracts the map file joins codes to row ids; live tables of one file join on the key. */
export interface QueryRelation {
  readonly id: string
  readonly from: { readonly dataset: string; readonly fields: readonly string[] }
  readonly to: { readonly dataset: string; readonly fields: readonly string[] }
  /** The key with most rows of the many side: what would count so often, were it asked from there. */
  readonly most?: { readonly rows: number; readonly key: string }
  readonly map: { readonly alias: string; readonly path: string } | null
}

/** What the workspace tells the query engine; a snapshot, so that one question sees one state. */
export interface QueryCatalog {
  readonly datasets: readonly QueryDataset[]
  readonly relations: readonly QueryRelation[]
  /** The default one first; without any the common calendar holds. */
  readonly calendars?: readonly RetailCalendar[]
}
