export type TextValues = Readonly<Record<string, string | number>>

/** Replaces `{name}` by its value; a name without a value stays as written, so that the gap is seen. */
export function fillIn(template: string, values: TextValues = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}
