/** Why a file's rows cannot be read, as far as its user can do something about it; each has words of its own. */
export type UnreadableReason =
  | 'notAWorkbook'
  | 'notADatabase'
  | 'notText'
  | 'damaged'
  | 'unsafe'
  | 'unknownKind'
  | 'folder'
  | 'partMissing'
  | 'sheetsGone'
  | 'brokenView'
  | 'newerProgram'
  | 'repeatedKeySomewhere'
  | 'unknownEncoding'
  | 'wrongEncoding'
  | 'badJson'
  | 'repeatedKey'
  | 'noRecords'
  | 'webArchive'

/** Which kind of limit a file is beyond. */
export type OverLimitReason =
  'unpacked' | 'columns' | 'rows' | 'whole' | 'cell' | 'nested' | 'texts' | 'time'
