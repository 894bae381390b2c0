/** Rows that could not be read, and mending them. */
export const rejected = {
  'rejected.title': 'Rejected rows',
  'rejected.show': 'Rejected rows ({count})',
  'rejected.none': 'No rejected rows',
  'rejected.noneHint': 'Every row of the files was read.',
  'rejected.notKept':
    '{count} {count?row was|rows were} rejected by an earlier version of the program, which did not keep them. Import or refresh the file again to see them here.',
  'rejected.about':
    '{count} {count?row could not be read and is|rows could not be read and are} not in the dataset. Correct a line, then run it again.',
  'rejected.onlyFirst': 'The first {count} of them are kept.',
  'rejected.run': 'Run corrected again ({count})',
  'rejected.drop': 'Leave out for good… ({count})',
  'rejected.dropTitle': 'Leave out {count} {count?row|rows} for good?',
  'rejected.dropBody':
    'They are no longer listed, also not when the file is refreshed. Going back to the version before brings them back.',
  'rejected.dropNow': 'Leave out',
  'rejected.running': 'Running the corrected rows again… {rows}',
  'rejected.joined': 'Joined the dataset: {count}.',
  'rejected.dropped': 'Left out: {count}.',
  'rejected.still': 'Still cannot be read: {count}.',
  'rejected.undo': 'The version before can be brought back under “Versions”.',
  'rejected.pickAll': 'Choose all on this page',
  'rejected.pick': 'Choose row {row} of {source}',
  'rejected.line': 'Line of row {row} of {source}',
  'rejected.byColumn': 'Row {row} of {source} by column',
  'rejected.asItStood': 'Row {row} of {source} as it stood',
  'rejected.failed': 'Still cannot be read',
  'rejected.tooLong':
    'Too long to be corrected here; it can be left out, or corrected in the file.',
  'rejected.noShape': 'Import or refresh the file again to correct this line here.',
  'rejected.inFile': 'Correct this line in the file; here it can be left out.',
  'rejected.extra': 'Extra {number}',
  'rejected.whereTo':
    'Correct them on the Data page, under “Rejected rows”; those that can be read then join the dataset.',
  'rejected.pages': 'Pages of rejected rows',
  'rejected.page': '{from} to {to} of {count}',
  'rejected.earlier': 'Earlier rows',
  'rejected.later': 'Later rows',
  'cli.mending': 'Reading corrected rows of "{dataset}"',
} as const
