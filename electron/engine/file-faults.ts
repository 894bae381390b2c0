const codes = {
  ENOENT: 'file/notFound',
  ENOTDIR: 'file/notFound',
  EACCES: 'file/denied',
  EPERM: 'file/denied',
  EROFS: 'file/denied',
  // Held open by another program that lets nobody else in.
  EBUSY: 'file/inUse',
  // A folder of that name.
  EISDIR: 'file/denied',
  ENOSPC: 'file/diskFull',
  EDQUOT: 'file/diskFull',
  // Some sticks take no file beyond 4 GB.
  EFBIG: 'file/diskFull',
} as const
export type FileFault = (typeof codes)[keyof typeof codes]

/** The file error a thrown system error stands for; `undefined` when it is none of those, hence a bug. */
export function fileFaultOf(error: unknown): FileFault | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // Checked with hasOwn, so the key is one of the table's.
  return typeof code === 'string' && Object.hasOwn(codes, code)
    ? codes[code as keyof typeof codes]
    : undefined
}
