/** Caps for what a file may make the reader do; a file beyond one is refused as `dataset/overLimit`. */
import type { OverLimitReason, UnreadableReason } from '../../../shared/data/unreadable-reason.ts'
import type { ErrorCode, ErrorDetails } from '../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'

export interface SourceLimits {
  readonly columns: number
  readonly rows: number
  /** Bytes of one cell, one tag or one row still being read. */
  readonly cellBytes: number
  /** Bytes of all different texts together. */
  readonly textBytes: number
  readonly zipParts: number
  readonly zipPartBytes: number
  readonly zipTotalBytes: number
  /** Unpacked over packed size, judged beyond the first mebibyte. */
  readonly zipRatio: number
  /** Files that must be held whole to be read. */
  readonly wholeFileBytes: number
  readonly xmlDepth: number
  readonly milliseconds: number
}

const mebibyte = 1_048_576

export const sourceLimits: SourceLimits = {
  columns: 2000,
  rows: 100_000_000,
  cellBytes: 4 * mebibyte,
  textBytes: 1024 * mebibyte,
  zipParts: 10_000,
  zipPartBytes: 16_384 * mebibyte,
  zipTotalBytes: 32_768 * mebibyte,
  zipRatio: 400,
  wholeFileBytes: 96 * mebibyte,
  xmlDepth: 64,
  milliseconds: 3_600_000,
}

const overReasons: Readonly<Record<keyof SourceLimits, OverLimitReason>> = {
  ...{
    columns: 'columns',
    rows: 'rows',
    cellBytes: 'cell',
    xmlDepth: 'nested',
    textBytes: 'texts',
  },
  ...{ zipParts: 'unpacked', zipPartBytes: 'unpacked', zipTotalBytes: 'unpacked' },
  ...{ zipRatio: 'unpacked', wholeFileBytes: 'whole', milliseconds: 'time' },
}

export function overLimit(what: keyof SourceLimits, details: ErrorDetails = {}): AppErrorException {
  return refusal('dataset/overLimit', { reason: overReasons[what], limit: what, ...details })
}

/** A damaged or foreign file; `fact` is a short English fact for the log and the details, not a sentence for people. */
export function unreadable(
  reason: UnreadableReason,
  fact: string,
  details: ErrorDetails = {},
): AppErrorException {
  return refusal('dataset/unreadable', { reason, fact, ...details })
}

export function refusal(code: ErrorCode, details: ErrorDetails = {}): AppErrorException {
  return new AppErrorException(appError(code, details))
}
