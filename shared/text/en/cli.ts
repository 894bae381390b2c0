export const cli = {
  'cli.usage': 'Usage:',
  'cli.exitCodes':
    'Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 something cannot be read or written, 4 the input is invalid, 5 cancelled or timed out.',
  'cli.inUse':
    'This workspace is in use by another Storeboard ({kind}, process {pid} on {host}). Close it there, or use another workspace.',
  'cli.inspecting': 'Looking into the files',
  'cli.preparing': 'Preparing "{dataset}"',
  'cli.importing': 'Importing "{dataset}"',
  'cli.refreshing': 'Refreshing "{dataset}"',
  'cli.importRows': '{rows} rows',
  'cli.importPercent': '{rows} rows, {percent}%',
  'cli.rejected': '{dataset}: {count} rows could not be read',
  'cli.rejectedRow': '{source}, row {row}: {reason}: {raw}',
  'cli.hidden': '{file}: hidden sheets left out (--sheet NAME brings one in): {names}',
  'cli.noFile': 'There is no such file: {name}',
  'cli.noWorkspace': 'There is no such workspace: {name}',
  'cli.orphans': 'Rows without a partner: {count} ({examples})',
  'cli.related': 'Related {from} to {to}',
  'cli.bound': '"{slot}" uses the dataset "{dataset}"',
  'cli.mapped': '{field} → {column}',
  'cli.rendering': 'Writing {file}',
  'cli.didYouMean': 'Did you mean “{name}”?',
  'cli.renderStep': '{done} of {of}',
  'cli.travels': 'Travels in the template: {place}: {preview}',
  'cli.leftOut': 'Left out of the template: {place}: {preview}',
  'cli.duplicates': 'Looking for duplicate people',
  'cli.writingPeople': 'Writing who is whom',
  'cli.removedFrom':
    '"{report}" used "{name}": its blocks stay empty until another dataset is chosen',
  'cli.unrelatedIn':
    '"{report}" used fields of both "{from}" and "{to}": those blocks stay empty until the two are related again',
  'cli.missing': 'No field for "{field}": these blocks stay empty: {blocks}',
} as const
