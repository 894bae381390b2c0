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

/** How a function of three arguments is spelt. */
export const three =
  (build: (a: string, b: string, c: string) => string) =>
  ([a = 'null', b = 'null', c = 'null']: Args): string =>
    build(a, b, c)

/** How a part of a formula is spelt that depends on digits after the point. */
export const scaled =
  (build: (x: string, digits: number) => string) =>
  ([x = 'null']: Args, digits: number): string =>
    build(x, digits)
