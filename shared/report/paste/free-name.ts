/** The name, or the name with the first number that makes it one nobody has. */
export function freeAmong(name: string, taken: ReadonlySet<string>, joint: ' ' | '_'): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}${joint}${String(number)}`)) number++
  return `${name}${joint}${String(number)}`
}

/** The name and its numbered ones, as long as they are taken: what came along before goes by one of them. */
export function namesTaken(name: string, taken: ReadonlySet<string>, joint: ' ' | '_'): string[] {
  const names: string[] = []
  for (let number = 1; ; number++) {
    const next = number === 1 ? name : `${name}${joint}${String(number)}`
    if (!taken.has(next)) return names
    names.push(next)
  }
}
