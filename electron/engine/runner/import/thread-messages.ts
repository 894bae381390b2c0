/** What the reading thread of an import and the one that writes beside it say to each other. */
import type { AppError } from '../../../../shared/errors.ts'
import type { SharedTexts } from '../../sources/texts.ts'
import type { WrittenColumn } from './column-writer.ts'
import type { ExtractEnd, ExtractPlan } from './extract-follower.ts'
import type { ChunkPlace } from './spool.ts'

/** Chunks that are spooled by now, and the texts they speak of. */
export interface MoreChunks {
  readonly kind: 'more'
  readonly places: readonly ChunkPlace[]
  readonly texts: SharedTexts
}

export type ToWriteThread =
  | MoreChunks
  /** Write from the first chunk on; a file begun under another plan is thrown away. */
  | { readonly kind: 'begin'; readonly plan: ExtractPlan }
  /** There are no more chunks; the end follows once the types are certain. */
  | { readonly kind: 'sealed' }
  | { readonly kind: 'finish'; readonly end: ExtractEnd }
  /** Tell the hash of a file, beside everything else. */
  | { readonly kind: 'hash'; readonly path: string }
  /** End once the step at hand is done. */
  | { readonly kind: 'stop' }

export type FromWriteThread =
  | { readonly kind: 'wrote'; readonly rows: number }
  | { readonly kind: 'hashed'; readonly path: string; readonly hash: string }
  | { readonly kind: 'done'; readonly columns: readonly WrittenColumn[] }
  | { readonly kind: 'failed'; readonly error: AppError }
