import type { ComponentType } from 'react'
import { createContext } from 'react'
import type { Block, BlockKind } from '../../shared/report/blocks/block.ts'
import type { BoardPage } from '../../shared/report/report.ts'
import type { BlockReader } from './block-reader.ts'
import type { Answer } from './results-store.ts'

/** What the content of a block gets: the block and an answer that fits it, never one to an older question. */
export interface BlockContentProps<K extends BlockKind = BlockKind> {
  readonly block: Extract<Block, { kind: K }>
  /** The page the block is on; its other blocks may since have changed. */
  readonly page: BoardPage
  readonly answer: Answer
  /** What a reader can do with marks and cells. */
  readonly reader: BlockReader
}

/** One component a kind: rooms plug theirs in here (boot/block-contents.ts); a kind without one does not compile. */
export type BlockContents = { readonly [K in BlockKind]: ComponentType<BlockContentProps<K>> }

export const BlockContentsContext = createContext<BlockContents | null>(null)
