/** The words of a statement a person wrote, without what stands between them; what reads otherwise elsewhere is refused. */
import type { SqlKind, SqlPiece } from '../../../../shared/data/sql-pieces.ts'
import { sqlPieces } from '../../../../shared/data/sql-pieces.ts'
import { SqlRefused } from './refused.ts'

export type { SqlKind } from '../../../../shared/data/sql-pieces.ts'

export type Token = Omit<SqlPiece, 'kind' | 'fault'> & {
  readonly kind: Exclude<SqlPiece['kind'], 'comment' | 'space'>
}

export function tokensOf(text: string, kind: SqlKind): Token[] {
  const nul = text.indexOf('\u0000')
  if (nul >= 0) throw new SqlRefused('sign', nul)
  return sqlPieces(text, kind).flatMap(({ fault, kind: of, ...place }) => {
    if (fault) throw new SqlRefused(fault.reason, fault.at, fault.near)
    return of === 'comment' || of === 'space' ? [] : [{ kind: of, ...place }]
  })
}
