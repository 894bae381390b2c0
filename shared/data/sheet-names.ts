const plain = /^((sheet|工作表|表)\s*\d*|\d+)$/i

/** `Sheet1`, `工作表2`, `3`: a name the program gave and nobody chose. The file's own name says more. */
export const isPlainSheetName = (name: string): boolean => plain.test(name)
