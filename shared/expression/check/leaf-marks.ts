/** Names no field of people begins with: nobody can type these. */
export const leafMark = '\u0001'
export const fixedMark = '\u0002'
export const inputMark = '\u0003'
