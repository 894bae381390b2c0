type Args = readonly string[]

/** How a function of one argument is spelt. */
export const one =
  (build: (argument: string) => string) =>
  ([argument = 'null']: Args): string =>
    build(argument)

/** How a function of two arguments is spelt. */
export const two =
  (build: (a: string, b: string) => string) =>
  ([a = 'null', b = 'null']: Args): string =>
    build(a, b)
