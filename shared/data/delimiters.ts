/** Signs that part the fields of most text files, by their names. */
export const delimiters = { comma: ',', tab: '\t', semicolon: ';', bar: '|', space: ' ' } as const
export type DelimiterName = keyof typeof delimiters

export const delimiterNames = Object.keys(delimiters) as readonly DelimiterName[]
