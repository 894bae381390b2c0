import type { DatasetWarning } from '../../data/dataset.ts'
import type { ImportProgress } from '../../data/import-words.ts'

/** Bringing data in: files, preview, import, result, relationships. */
export const bringIn = {
  'import.title': 'Open my data',
  'import.step.files': 'Files',
  'import.step.plan': 'Preview',
  'import.step.result': 'Result',
  'import.step.links': 'Relationships',
  'import.pick': 'Choose files…',
  'import.more': 'Add files…',
  'import.noFiles': 'No data files in what was dropped.',
  'import.dropHere': 'Choose Excel, CSV or SQLite files, or drop them here.',
  'import.kinds': '.xlsx, .xls, .ods, .csv, .txt, .html, .sqlite, .parquet, .json',
  'import.password': 'Password of {name}',
  'import.passwordHint': 'Password',
  'import.unlock': 'Open',
  'import.encoding': 'How the text is encoded: choose what reads right',
  'import.likely': '{percent}% likely',
  'import.notReadable': 'Cannot be read so',
  'import.rawLine': 'Line as it stands',
  'import.saveRejected': 'Save as CSV',
  'import.pickFolder': 'Choose a folder…',
  'import.folderHint':
    'The files of a folder become one dataset; new files in it join at every refresh.',
  'import.growing': 'Grows with the folder “{folder}”',
  'import.growingHint':
    'New files of these columns join at the next refresh; others are asked about.',
  'import.copiesHint':
    'Dropped files are copies. Drop the next ones on the window to add them to this dataset, or choose the folder itself to have new files join by themselves.',
  'import.joins': 'Same columns as “{dataset}”.',
  'import.joinIt': 'Add to “{dataset}”',
  'import.dropAnywhere': 'Drop to open',
  'import.uploading': 'Copying “{name}”…',
  'import.looking': 'Looking into the files…',
  'import.looked': '{done} of {files}',
  'import.hidden': 'Hidden sheets are left out unless you tick them: {names}',
  'import.hiddenSheet': 'hidden sheet',
  'import.notes': 'Sheets that hold text and no table are left out unless ticked: {names}',
  'import.note': '“{name}” ({text})',
  'import.noteSheet': 'Text only',
  'import.nothing': 'None of the files has anything to read.',
  'import.unreadable': 'These files cannot be read; nothing of them comes in:',
  'import.datasets': 'Datasets to make',
  'import.include': 'Bring in “{name}”',
  'import.name': 'Name of the dataset',
  'import.columnCount': 'Columns: {count}',
  'import.rowsKnown': 'Rows: {count}',
  'import.from': 'From',
  'import.grouped':
    '{count} {count?part of one shape becomes|parts of one shape become} one dataset',
  'import.split': 'Keep apart',
  'import.join': 'Put together',
  'import.type': 'Type of {column}',
  'import.role': 'Role of {column}',
  'import.example': 'First rows',
  'import.live': 'Stay connected to the database file instead of reading it in',
  'import.liveHint':
    'Every question goes to the file; new rows show at once. Cannot be related to other datasets.',
  'import.fault.noName': 'The dataset needs a name.',
  'import.fault.nameTwice': 'Two datasets of this import have the same name.',
  'import.fault.nameBeingMade':
    'Another import is making a dataset named “{name}” right now. Choose another name, or wait until it is done.',
  'import.fault.nameTaken': 'There is already a dataset named “{name}”. What should happen?',
  'import.replace': 'Replace its rows',
  'import.append': 'Add to its rows',
  'import.rename': 'Keep both, as “{name}”',
  'import.run': 'Bring in',
  'import.phase.reading': 'Reading',
  'import.phase.typing': 'Deciding types',
  'import.phase.writing': 'Writing',
  'import.phase.committing': 'Finishing',
  'import.phase.people': 'Looking for duplicate people',
  'import.waiting': 'Waiting',
  'import.rows': '{count} {count?row|rows}',
  'import.rate': '{count} {count?row|rows} a second',
  'import.waitingFor': 'Waiting for the other import into this dataset',
  'import.stop': 'Stop',
  'import.putAway': 'Go on in the background',
  'import.goesOn':
    'You can put this away and work on: the reading goes on, and more files can be brought in meanwhile.',
  'import.leaveOut': 'Stop “{name}”',
  'import.stopped': 'Stopped, nothing of it came in: {names}',
  'import.stopAsk.title': 'Stop the import?',
  'import.stopAsk.one': 'What was read of “{name}” so far is lost. Nothing of it comes in.',
  'import.stopAsk.several':
    'What was read of “{name}” and others so far is lost ({count} datasets). Nothing of them comes in.',
  'import.stopAsk.stop': 'Stop',
  'import.stopAsk.on': 'Go on reading',
  'import.tray': 'Imports in the background',
  'import.tray.details': 'Show the import of “{name}”',
  'import.tray.result': 'Show the result',
  'import.tray.answer': 'Answer',
  'import.tray.preview': 'Back to the preview',
  'import.tray.rejected': '{count} {count?row|rows} rejected',
  'import.tray.remarks': '{count} {count?remark|remarks}',
  'import.tray.failed': '{names}: nothing came in. {said}',
  'import.tray.asks':
    '{names}: some rows would count twice. Nothing comes in until you have answered.',
  'import.beside.sameFile':
    'A file of this name is being read right now by another import, as “{names}”. Bringing it in again counts its rows in both.',
  'import.beside.inTurn':
    'Another import into “{name}” is being read; this one waits and comes after it.',
  'import.overlap.replace': 'Replace with the later file',
  'import.overlap.keepBoth': 'Count both',
  'import.overlap.leaveOut': 'Leave the later rows out',
  'import.overlap.skip': 'Leave the repeated rows out',
  'import.overlap.keep': 'Count them again',
  'import.allOrNothing': 'Either everything comes in or nothing changes.',
  'import.emptyParts': 'Without any row, and therefore left out: {names}',
  'import.bareParts': 'With column names but no row yet: {names}',
  'import.done': 'Your data is here',
  'import.read': 'Rows read',
  'import.kept': 'Rows in the dataset',
  'import.tags': 'What “{column}” stands for',
  'import.fillMerged': 'Repeat the value of merged cells of “{column}” in each of their rows',
  'import.mergedUnseen':
    'Longer than this preview. Merged cells are found when it is read: their value stands in the first of their rows, and the result offers to repeat it in the others.',
  'import.fillMerged.short': 'Repeat merged cells in each row',
  'import.trimMarks': 'Take the marks of text off “{column}”',
  'import.trimMarks.short': 'Take marks off',
  'import.noTags': 'stands for nothing special',
  'lastTime.taken': 'As last time: {parts}.',
  'lastTime.left': 'As found. Last time other was chosen: {parts}.',
  'lastTime.leave': 'As found instead',
  'lastTime.take': 'As last time',
  'lastTime.name': 'name',
  'lastTime.encoding': 'encoding',
  'lastTime.layout': 'layout',
  'lastTime.columns': 'settings of columns ({count})',
  'import.rejected': 'Rows rejected',
  'import.rejectedList': 'Why rows were rejected',
  'import.rejectedMore': 'The first {count} are listed.',
  'import.source': 'Source',
  'import.row': 'Row',
  'import.reason': 'Reason',
  'import.remarks': 'Remarks',
  'import.layout': 'How the sheet is read',
  'import.delimiter': 'Fields are parted by',
  'import.delimiter.comma': 'Comma ,',
  'import.delimiter.tab': 'Tab',
  'import.delimiter.semicolon': 'Semicolon ;',
  'import.delimiter.bar': 'Upright bar |',
  'import.delimiter.space': 'Space',
  'import.headerRow': 'Names in row',
  'import.headerRows': 'Rows of names',
  'import.seen': 'What was found before reading',
  'import.seenPart':
    'Only the first {count} {count?row was|rows were} looked at, and what is said here holds for them. The others are checked when they are read; the result says what was found.',
  'import.willLeaveOut':
    'Rows of totals or notes that will be left out: {count}. With their places in the sheet: {examples}',
  'import.becomesBlank': 'Becomes blank: cannot be read as {type}',
  'import.leftOut.total': 'Row {row} is a total and is left out',
  'import.leftOut.derived':
    'Row {row} is made of other rows (an average, a share, a part of a total) and is left out',
  'import.leftOut.footer': 'Row {row} is a note and is left out',
  'import.leftOut.heads': 'Row {row} repeats the column names and is left out',
  'import.leaveOutLikely': 'Leave them out too',
  'import.totalsByWord': 'Leave out rows called totals that do not add up, too',
  'import.leaveOutTotals': 'Leave out total rows and notes',
  'import.turnPeriods': 'Turn {count} {count?column|columns} ({first} … {last}) into rows',
  'import.leaveOutSums':
    'Leave out columns of subtotals ({names}), which would repeat beside every period',
  'import.periodColumn': 'Period',
  'import.valueColumn': 'Value',
  'import.connected': 'Connected live',
  'import.toLinks': 'Continue',
  'import.design': 'Start designing',
  'import.addToReport': 'Add to the report',
  'import.links.about':
    'These columns seem to mean the same thing. Related datasets can be used together in one chart.',
  'import.links.none': 'Nothing to relate: the datasets have no key in common.',
  'import.links.repeated':
    'Not proposed: “{from}” and “{to}” both have “{field}”, but neither holds each of its values once. Repeated in “{to}”: {examples} (altogether {count}).',
  'import.links.repeatedHint':
    'To relate them, leave one row for each value in one of the two files and bring it in again.',
  'import.links.create': 'Relate',
  'import.links.line': '{fromField} of “{from}” looks up “{to}”',
  'import.links.clean': 'Related; every row has a partner.',
  'import.links.orphans': 'Related. Rows without a partner: {count} ({examples})',
  'import.links.blanks': 'Rows with a blank key: {count}',
  'import.links.duplicate': 'Not related: “{dataset}” has several rows for one key: {examples}',
  'reject.fieldCount': 'Another number of columns than the header',
  'reject.unterminatedQuote': 'A quote that does not end',
  'reject.textAfterQuote': 'Text after a closing quote',
  'reject.badEncoding': 'Characters that cannot be read',
  'reject.zeroByte': 'A zero byte within the line',
  'reject.tooLong': 'Too long',
  'reject.badJson': 'Not valid JSON',
  'reject.repeatedKey': 'One name twice in one object',
  'reject.notAnObject': 'Not an object in braces',
  'warning.mixedColumn': '“{column}” mixes kinds of values ({examples}).',
  'warning.mixedSigns':
    '“{column}” holds numbers of several currencies or units and is kept as text ({examples}).',
  'warning.columnsBeyond':
    'Stray cells far to the right of the table were not read: {count} (columns {examples})',
  'warning.mergedCells':
    'Merged cells of “{column}” that reach over several rows: {count} ({examples}). The value stands in the first of these rows alone.',
  'warning.fillMerged': 'Repeat it in all their rows',
  'warning.filledMerged':
    'Merged cells of “{column}” whose value was repeated in all their rows: {count} ({examples})',
  'warning.mergedSheet':
    'Merged cells that reach over several rows: {count} ({examples}). The value stands in the first row; the recipe step “Fill blanks” repeats it in those below.',
  'warning.lostValues':
    'In “{column}”, {count} {count?value that does|values that do} not fit its type became blank ({examples}).',
  'warning.roundedValues':
    'In “{column}”, {count} {count?number of more decimals than are kept was|numbers of more decimals than are kept were} rounded ({examples}).',
  'warning.longDecimals':
    '“{column}” has numbers of more than six decimals ({examples}), so that its numbers are not kept exactly: sums may be off in their last digits.',
  'warning.roundLong': 'Round those and keep the others exactly',
  'warning.mostlyOne':
    '“{column}” is kept as text: all but {count} of its different values are {type} ({examples}).',
  'warning.rule': 'Take it as {type}; the others become blank',
  'warning.openDateOrder':
    '“{column}” holds dates that read either way round ({examples}), and is kept as text.',
  'warning.openDates':
    'In “{column}”, {count} {count?date that reads|dates that read} either way round became blank ({examples}). Which comes first?',
  'warning.oneZone':
    'All times of “{column}” are in {examples}; they are kept as they are written.',
  'warning.mixedZones':
    'The times of “{column}” are of several zones ({examples}); all were brought to the first of them.',
  'warning.someZones':
    'In “{column}” some times name their zone and others do not, so it is kept as text.',
  'warning.asZone': 'Take those without as {zone}',
  'warning.cutFractions':
    'Times of “{column}” are kept to the second; parts of a second were cut off ({examples}).',
  'warning.shortYears':
    '“{column}” writes years with two digits; they were read as 1970 to 2069 ({examples}).',
  'warning.monthsAsDays':
    '“{column}” holds nothing but months. They are read as dates, each as its first day, and can be grouped by month, quarter and year.',
  'warning.keepText': 'Keep them as text',
  'warning.textMarks':
    'Values of “{column}” bear a tab, a backtick or an apostrophe as a mark of text: {count} ({examples}). They do not match the same numbers written without it.',
  'warning.trimMarks': 'Take the marks off',
  'warning.trimmedMarks':
    'Marks of text (tabs, backticks, apostrophes) were taken off values of “{column}”: {count}, for example {examples}',
  'warning.clocksAsText':
    '“{column}” holds times of day without a date and is kept as text. To count with them, put the date before them by the step “Merge fields” and make the result a date with time by “Change type”.',
  'warning.elapsedAsDays':
    '“{column}” holds elapsed times as numbers of days: 1.25 is 30 hours. For hours, multiply by 24 in the step “Calculated field”.',
  'warning.elapsedAsText':
    '“{column}” looks like elapsed times and is kept as text ({examples}). To count with them, split it at the colon by the step “Split field” and add the parts up by “Calculated field”.',
  'warning.yearFirst': 'The year comes first',
  'warning.dayFirst': 'The day comes first',
  'warning.monthFirst': 'The month comes first',
  'warning.textIdentifier':
    '“{column}” holds identifiers and is kept as text, with its leading zeros.',
  'warning.longNumbers':
    '“{column}” is kept as text because of numbers with more than 15 digits, which could not be kept exactly. Different ones: {count}; for example, with their rows: {examples}',
  'warning.spelledNumbers':
    '“{column}” is kept as text: {examples} look like names such as shelves or versions, and as numbers 1.1 and 1.10 would be one.',
  'warning.serialDays':
    '“{column}” holds whole numbers ({examples}) that may be days as a workbook counts them: 45356 is 5 March 2024.',
  'warning.asDays': 'They are days',
  'warning.asNumbers': 'They are numbers',
  'warning.openComma':
    'Nothing says whether the commas of “{column}” part thousands or decimals ({examples}). They are taken for thousands: 1,250 is 1250.',
  'warning.commaMark': 'They part decimals: 1,250 is 1.25',
  'warning.commaFile':
    '“{column}” is read with a decimal comma like other columns of the file ({examples}): 1,250 is 1.25, and 1.250 is 1250.',
  'warning.commaBefore':
    '“{column}” is read with a decimal comma like earlier files, as nothing in the file itself tells ({examples}): 1,250 is 1.25, and 1.250 is 1250. If that is wrong, save the file without marks of thousands and refresh.',
  'warning.pointMark': 'The point is its decimal mark',
  'warning.lostDigits':
    '“{column}” holds numbers that were rounded when the file was saved ({examples}): their last digits are not in it. Save it again with this column formatted as text.',
  'warning.lostZeros':
    '“{column}” lost zeros in front in one file: {count} {count?of its values is|of its values are} known with them ({examples}) and would count twice.',
  'warning.padZeros': 'Put the zeros back: {digits} digits',
  'warning.noRows':
    'There is a row of names and no row below it: the dataset has columns but no rows yet.',
  'warning.duplicateHeader': 'Several columns are named “{examples}”; this one is now “{column}”.',
  'warning.sameNames': 'Several columns had one name; this one is now “{column}”.',
  'warning.missingHeader': 'A column has no name; it is called “{column}”.',
  'warning.rejectedRows': 'Rows rejected: {count}',
  'warning.unreadRows':
    'Rows that cannot be read and will be kept apart, to be seen and corrected after the import: {count} ({count?row|rows} {examples})',
  'warning.mendedRows': 'Rows read as you mended them: {count}',
  'warning.droppedRows': 'Rejected rows left out, as you said: {count}',
  'warning.overlappingRows':
    'Rows that stand in two files and are counted in both: {count} ({examples})',
  'warning.skippedRows':
    'Rows that stand in an earlier file and were left out: {count} ({examples})',
  'warning.replacedRows': 'Rows replaced by those of a later file: {count} ({examples})',
  'warning.restatedRows':
    'Rows of a later file that say otherwise and are counted as well: {count} ({examples})',
  'warning.unheededRows':
    'Rows of a later file that say otherwise and were left out: {count} ({examples})',
  'warning.leftOutRows':
    'Totals, notes and repeated heads left out, as they are no data: {count} ({examples})',
  'warning.likelyTotals':
    'Rows that look like totals but do not add up were kept as data: {count} ({examples}). If they are totals, they count twice.',
  'warning.leftOutColumn':
    'The total column “{column}” was left out: beside every period it would count many times.',
  'warning.leftOutColumns':
    'Subtotal and total columns left out, as beside every period they would count many times ({count}): {examples}',
  'warning.innerList':
    'The rows are those of the list “{column}” inside the file. What stands beside it was not read: {examples}',
  'warning.innerListAlone': 'The rows are those of the list “{column}” inside the file.',
  'warning.rowNames':
    'The header has one name fewer than the rows have columns: the first column was taken for names of rows. If that is wrong, choose the header row anew or rename the columns.',
  'warning.shortRows':
    'Some lines end before the last columns, as the file leaves blanks at the end of a line off: what is missing is blank (lines {examples}).',
  'warning.mixedOrders':
    'In “{column}” some dates can only have the day first and others only the month first, so nobody can tell the rest; kept as text ({examples}). Ask where the file comes from, or correct the dates there.',
  'warning.weekdays':
    'In “{column}” the day of the week contradicts the date; kept as text ({examples}). Correct these dates in the file.',
  'warning.nonFinite': 'Values that are no numbers, read as blank: {count}',
  'warning.convertedEncoding': 'The text was converted from {examples}.',
  'warning.truncatedText': '“{column}” has texts that were cut off: {count}',
  'warning.networkFolder': 'The file is on a network drive.',
  'warning.formulaWithoutValue':
    'Formulas without a stored value, read as blank: {count}. Open and save the file in a spreadsheet program to have them calculated.',
  'warning.cellError': '“{column}” has cells with an error, read as blank: {count}',
} as const satisfies Record<
  `warning.${DatasetWarning['code']}` | `import.phase.${ImportProgress['phase']}`,
  string
> &
  Record<string, string>
