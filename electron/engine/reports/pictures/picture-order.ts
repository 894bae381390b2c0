/** What a picture job is told: the bytes a person chose, of whatever kind. */
export interface PictureOrder {
  readonly bytes: Uint8Array
}

/** The same picture drawn anew: a PNG without a trace of the file it came from. */
export interface PictureOutcome {
  readonly png: Uint8Array
}

/** Runs in a process of its own, ended by the signal. */
export type DrawPicture = (order: PictureOrder, signal: AbortSignal) => Promise<PictureOutcome>

/** A picture that takes longer than this to draw is an attack or a mistake. */
export const pictureMs = 20_000

/** Enough for a page of A3 at 150 dots an inch. */
export const drawnPixels = 4_000_000
export const drawnSide = 4096
/** Drawings have no size of their own: their longer side is drawn this wide. */
export const drawingSide = 1600
