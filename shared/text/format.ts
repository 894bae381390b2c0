export type TextValues = Readonly<Record<string, string | number>>

/** A word for one and a word for many, each with names within. */
const chosen = /\{(\w+)\?((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*)\}/g

/**
 * Replaces `{name}` by its value; a name without a value stays as written, so that the gap is seen. `{name?row|rows}` is the
 * word for one where the value is 1 and the other for all else; other names may stand within.
 */
export function fillIn(template: string, values: TextValues = {}): string {
  const numbered = template.replace(chosen, (_, name: string, one: string, many: string) =>
    String(values[name]) === '1' ? one : many,
  )
  return numbered.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}
