/** `count` moments within `spanMs`; the seed is printed, and KILL_SEED repeats a run. */
export function randomMoments(what: string, count: number, spanMs: number): number[] {
  const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)
  const moments: number[] = []
  let state = (seed * 2_654_435_761) % 4_294_967_296
  for (let turn = 0; turn < count; turn++) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    moments.push(Math.round((state / 4_294_967_296) * spanMs))
  }
  process.stderr.write(`${what}: KILL_SEED=${seed}, killed after ${moments.join(', ')} ms\n`)
  return moments
}
