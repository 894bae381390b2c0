/** For what a dialect never is asked for; that it was is a bug of the planner. */
export const unable =
  (what: string): ((args: readonly string[]) => string) =>
  () => {
    throw new Error(`this engine has no ${what}`)
  }
