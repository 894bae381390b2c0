const unfit = /[\\/:*?"<>|\u0000-\u001f]/g

/** Characters of a name that some file system refuses, each once, in their order. */
export function unfitCharacters(name: string): string[] {
  return [...new Set(name.match(unfit))]
}

/** The name to propose for something titled so; what a person typed is never changed. */
export function proposedFileName(title: string): string {
  return title.replace(unfit, ' ').replace(/\s+/g, ' ').trim()
}
