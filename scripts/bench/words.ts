/** How both benchmarks write their page. */
export const two = (value: number): string => value.toFixed(2)
export const whole = (value: number | undefined): string =>
  value === undefined ? '–' : Math.round(value).toLocaleString('en')

/** One line of the table of aims; a missed aim says so. */
export function aim(what: string, wanted: string, got: string, met: boolean): string {
  return `| ${what} | ${wanted} | ${got} | ${met ? 'met' : '**missed**'} |`
}

/** Written by hand from `tests/bench/print-memory.ts`; stands before the last part. */
export const printHead = '## Memory of printing'
/** Where the parts of `npm run bench:levels` begin. */
export const levelsHeads = {
  million: '## Pivot questions on a million rows, beside others',
  tenMillion: '## Ten million rows',
} as const
/** Where the part of `npm run bench:million` begins, which stands last. */
export const millionHead = '## Millions of rows'
