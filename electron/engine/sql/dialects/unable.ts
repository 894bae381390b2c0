/** For what a dialect never is asked for; that it was is a bug of the planner. */
export const unable =
  (what: string): ((args: readonly string[]) => string) =>
  () => {
    throw new Error(`this engine has no ${what}`)
  }

/** What only extracts are asked for. */
export const ofExtracts = {
  nthLargest: unable('the largest of a group'),
  nthSmallest: unable('the smallest of a group'),
  bitstring: unable('bit strings'),
  bitOr: unable('bit strings'),
  bitCount: unable('bit strings'),
  bitTest: unable('dictionary codes'),
}
