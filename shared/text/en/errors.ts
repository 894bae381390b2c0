import type { OverLimitReason, UnreadableReason } from '../../data/unreadable-reason.ts'
import type { ErrorCode } from '../../errors.ts'

export const errors = {
  'error.contract/badInput':
    'The app sent something the engine does not understand. Please report this.',
  'error.contract/unknownCall':
    'The app asked for something the engine does not know. Please report this.',
  'error.contract/versionMismatch':
    'The window and the engine are of different versions. Restart Storeboard.',
  'error.contract/disconnected': 'The connection to the engine was lost.',
  'error.internal/bug': 'Something went wrong inside Storeboard.',
  'error.internal/cancelled': 'Cancelled.',
  'error.internal/processLost':
    'A process that was working on this ended unexpectedly. Nothing was changed. Try again.',
  'error.file/notFound': 'The file is no longer there.',
  'error.file/denied': 'Storeboard may not read or write this file.',
  'error.file/diskFull': 'The disk is full.',
  'error.file/inUse': 'Another program is using the file. Close it there and try again.',
  'error.file/badName': 'No file can have this name.',
  'error.file/unknownReference': 'The file has to be chosen again.',
  'error.export/unsupportedBlock': 'This block cannot be exported that way.',
  'error.export/printFailed': 'The pages could not be printed.',
  'error.export/noBrowser': 'Printing needs Chromium, Chrome or Edge on this computer.',
  'error.export/tooLarge': 'There is too much for this kind of file.',
  'error.report/notAReport': 'This is not a Storeboard report.',
  'error.report/tooNew': 'The report was made with a newer version of Storeboard.',
  'error.report/migrationFailed': 'The report could not be brought up to date.',
  'error.report/invalid': 'The report file is damaged.',
  'error.report/dangling': 'The report file is damaged: parts of it are missing.',
  'error.report/changedOnDisk': 'The file was changed by someone else.',
  'error.report/locked': 'The report is open elsewhere.',
  'error.report/notFound': 'The report is no longer there.',
  'error.template/unsafeContent': 'The file holds content that is not allowed.',
  'error.workspace/inUse': 'Another Storeboard is using this workspace.',
  'error.workspace/tooNew': 'The workspace was made with a newer version of Storeboard.',
  'error.workspace/damaged': 'The workspace is damaged.',
  'error.workspace/notFound': 'The workspace is no longer there.',
  'error.workspace/notEmpty': 'The folder is not empty.',
  'error.dataset/unreadable': 'The file cannot be read.',
  'error.dataset/locked': 'The dataset is busy.',
  'error.dataset/wrongPassword': 'The password does not open the file.',
  'error.dataset/encrypted': 'The file is protected by a password.',
  'error.dataset/overLimit': 'The file is larger than allowed.',
  'error.dataset/tooSlow': 'Looking through it takes too long. A view may never come to an end.',
  'error.dataset/shapeMismatch': 'The files do not have the same columns.',
  'error.dataset/nameTaken': 'There is already a dataset of this name.',
  'error.dataset/nameTaken.importing':
    'Another import is making a dataset named “{name}”. Choose another name, or wait until that import is done.',
  'error.dataset/beingImported':
    '“{name}” is being imported into. Wait until that is done, or stop the import.',
  'error.dataset/sameFile': 'This file has already been imported.',
  'error.dataset/overlap': 'The files repeat rows of each other, which would count twice.',
  'error.dataset/overlap.rows':
    '{rows} {rows?row of “{file}” is|rows of “{file}” are} in “{other}” as well, cell for cell ({from} to {to}). {rows?It|They} would count twice.',
  'error.dataset/overlap.receipts':
    '{restated} of {of} receipts of “{file}” are already in “{other}” with other figures ({from} to {to}); {same} are the same and {fresh} are new. They would count twice.',
  'error.dataset/overlap.summary':
    '{restated} of {of} rows of “{file}” tell of the same days and the same names as “{other}” with other figures ({from} to {to}); {same} are the same and {fresh} are new. They would count twice.',
  'error.dataset/overlap.rowsUndated':
    '{rows} {rows?row of “{file}” is|rows of “{file}” are} in “{other}” as well, cell for cell. {rows?It|They} would count twice.',
  'error.dataset/overlap.receiptsUndated':
    '{restated} of {of} receipts of “{file}” are already in “{other}” with other figures; {same} are the same and {fresh} are new. They would count twice.',
  'error.dataset/overlap.summaryUndated':
    '{restated} of {of} rows of “{file}” tell of the same names as “{other}” with other figures; {same} are the same and {fresh} are new. They would count twice.',
  'error.dataset/overlap.more':
    '{said} The same holds for {more} further {more?pair|pairs} of files: {all} in all.',
  'error.dataset/notFound': 'The dataset is no longer in the workspace.',
  'error.dataset/empty': 'There are no rows in it.',
  'error.dataset/versionGone': 'This version of the dataset is no longer kept.',
  'error.dataset/versionCurrent':
    'Version {version} is the one reports show. Go to another version first, then it can be removed.',
  'error.dataset/schemaChanged.newFile':
    'The new file “{file}” does not have the columns of the data. Say which of its columns is which field, or leave the file out. Until then the old data stays.',
  'error.dataset/schemaChanged.emptied':
    'No rows are left in {emptied}, which had some: perhaps an export failed. Export again and refresh, or accept the loss. Until then the old data stays.',
  'error.dataset/schemaChanged.shrunk':
    'Hardly any rows are left of what a file held ({shrunk}): perhaps an export failed. Export again and refresh, or accept the loss. Until then the old data stays.',
  'error.dataset/schemaChanged.resultEmpty':
    'What is made of the data has no rows any more, and had some. Check its steps or its statement, or accept the loss. Until then the old data stays.',
  'error.dataset/schemaChanged.retyped':
    'Some values are not of the type their field has ({odd}). Say which fields are to keep their type ({keepType}), or accept the loss: then the whole field changes its type. Until then the old data stays.',
  'error.dataset/schemaChanged.unpadded':
    'A file lost the zeros in front of its numbers, so that the same ones would count twice ({unpadded}). Say that the zeros are put back ({pad}), or accept the loss: then they count as other ones. Until then the old data stays.',
  'error.dataset/schemaChanged.copy':
    '“{file}” is an exact copy of “{other}”, whose rows are in the data already. Leave it out, or remove it from the folder.',
  'error.dataset/schemaChanged.moved':
    '“{file}” holds exactly what “{other}” held when it was last read, and “{other}” holds something else now. Say whether it was renamed, so that both count, or leave the old copy out. Until then the old data stays.',
  'error.dataset/empty.folder':
    'No data files lie right in this folder. Files in folders inside it are not looked at.',
  'error.dataset/overLimit.files':
    'These are more than {limit} data files, which is more than can be read at once. Choose fewer, or move older ones into a folder of their own.',
  'error.dataset/schemaChanged': 'The columns of the file have changed.',
  'error.recipe/invalid':
    '“{name}” is not a Storeboard recipe, or is damaged. Nothing was changed.',
  'error.dataset/schemaChanged.mended':
    'Nothing was changed: with these lines the values of {retyped} would no longer be of the type they are now. Check that each value stands in its column.',
  'error.recipe/broken': 'A step of the recipe cannot run.',
  'error.recipe/broken.missingField':
    'Step {step} of the recipe needs fields that are not there: {fields}.',
  'error.recipe/broken.notRelated':
    'Step {step} of the recipe looks up {fields}, but no relationship leads there.',
  'error.recipe/broken.nameTaken':
    'Step {step} of the recipe makes a field whose name is taken: {fields}.',
  'error.recipe/broken.typeUnsuitable':
    'Step {step} of the recipe cannot work on fields of this type: {fields}.',
  'error.recipe/broken.valueUnsuitable':
    'Step {step} of the recipe lists a value that does not suit its field: {fields}.',
  'error.recipe/broken.formula': 'The formula in step {step} of the recipe cannot be used.',
  'error.recipe/broken.classSetGone':
    'The classes that step {step} of the recipe names are not in this workspace.',
  'error.recipe/broken.nothingLeft': 'Step {step} of the recipe would leave no field.',
  'error.recipe/live': 'A live dataset is asked where it is and has no recipe.',
  'error.recipe/tooLarge': 'The recipe is too large for a dataset with so many columns.',
  'error.recipe/classSetGone': 'The set of classes is no longer in the workspace.',
  'error.dataset/fieldMissing': 'A field is missing from the dataset.',
  'error.dataset/typeUnsupported': 'A column has a type that cannot be read.',
  'error.relationship/duplicateKey': 'The key is not unique.',
  'error.relationship/cycle': 'The datasets would be related in a circle.',
  'error.relationship/cycle.way':
    'The datasets would be related in a circle: {way}. Remove one of these relationships first.',
  'error.relationship/samePair': 'These two datasets are related already.',
  'error.relationship/samePair.way':
    'These two datasets are related already ({way}). Change that relationship, or remove it first.',
  'error.relationship/ambiguous': 'There would be two ways from one dataset to another.',
  'error.relationship/ambiguous.way':
    'There would be two ways from one dataset to another: {way} and {other}. A row could then have two values of one field. Remove a relationship on one of the ways first.',
  'error.relationship/live': 'These live datasets cannot be related.',
  'error.relationship/live.dataset':
    '“{dataset}” is connected live: it is related only to live datasets of the same connection or file. Import the table to relate it to others.',
  'error.calendar/notFound': 'There is no such calendar in the workspace.',
  'error.calendar/nameTaken': 'Another calendar is named “{name}”. Choose another name.',
  'error.calendar/noHolidays':
    'No table of holidays was found. It needs a column “date” and a column “name”; “kind” (off, work, own, closed) is optional.',
  'error.calendar/invalid': 'This is no calendar: {detail}',
  'error.relationship/notFound': 'This relationship is gone.',
  'error.connection/unreachable':
    'The database server does not answer. Check the address and that this computer is in the right network or VPN.',
  'error.connection/unreachable.address':
    'Nothing answers at {host}, port {port}. Check the address and the port, and that this computer is in the right network or VPN.',
  'error.connection/wrongPassword': 'The server does not accept this user and password.',
  'error.connection/wrongPassword.user':
    'The server does not accept the password of “{user}”. Type it again, or ask who runs the server.',
  'error.connection/certificate': 'The server could not prove that it is the one you named.',
  'error.connection/certificate.address':
    'The certificate of {host} is not trusted or is made out for another name. Ask who runs the server for its authority’s certificate, or choose “encrypted, without checking the server”.',
  'error.connection/noEncryption':
    'This server does not encrypt. Choose “not encrypted” only in a network you trust.',
  'error.connection/noDatabase': 'The server has no database of this name.',
  'error.connection/noDatabase.database':
    'The server has no database “{database}”. Check the name; capital letters count.',
  'error.connection/noRights':
    'The user may not read this. Ask who runs the server for the right to read the table.',
  'error.connection/unsupported':
    'The server speaks, but cannot be used: it does not keep a connection read-only. Nothing was asked of it.',
  'error.connection/secretNeeded':
    'The password of this connection is not kept here. Open Data, Connections, and type it.',
  'error.connection/locked':
    'The kept passwords are locked. Open Data, Connections, and type the passphrase.',
  'error.connection/wrongPassphrase': 'This is not the passphrase of the kept passwords.',
  'error.connection/notFound':
    'The connection is no longer in this workspace. Add it again under Data, Connections.',
  'error.connection/inUse': 'Datasets still ask this connection. Remove them first.',
  'error.connection/nameTaken': 'Another connection has this name.',
  'error.connection/secretNeeded.named':
    'The password of the connection “{name}” is not kept here. Open Data, Connections, and type it.',
  'error.connection/inUse.named':
    'Datasets still ask this connection: {datasets}. Remove them first.',
  'error.people/notFound':
    'There is nothing of these duplicate people any more. Open the window again.',
  'error.people/nothingToCompare':
    'No column to compare is chosen. Choose a phone, name, birthday, e-mail or ID column.',
  'error.people/outdated':
    'The data has changed since the search. Search for duplicate people again.',
  'error.dataset/unreadable.notAWorkbook':
    'It is not a workbook, whatever its name says. Open it in the program it comes from and save it as .xlsx or .csv.',
  'error.dataset/unreadable.notADatabase':
    'It is not a SQLite database, whatever its name says. Get the file again from where it comes from.',
  'error.dataset/unreadable.notText':
    'It holds something other than text, whatever its name says. Export it again as .csv or .xlsx.',
  'error.dataset/unreadable.damaged':
    'The file is damaged or was not copied whole. Copy, download or export it again.',
  'error.dataset/unreadable.unsafe':
    'The file is built in a way no spreadsheet program builds it, and was not opened for safety. If you trust where it comes from, open it in Excel and save it anew.',
  'error.dataset/unreadable.unknownKind':
    'Storeboard does not read this kind of file. Save it as .xlsx, .csv or another kind it reads.',
  'error.dataset/unreadable.folder': 'This is a folder. Choose the files in it.',
  'error.dataset/unreadable.partMissing':
    'This sheet or table is not in the file. See whether it was renamed or removed.',
  'error.dataset/unreadable.sheetsGone':
    'Sheets are gone from "{name}" ({gone}), and which of them became the new ones ({fresh}) cannot be told. Give them their earlier names again, or keep what was read of those that are gone and take the new ones in.',
  'error.dataset/unreadable.brokenView':
    'This table or view cannot be asked: something it refers to is no longer in the database.',
  'error.dataset/unreadable.newerProgram':
    'The file was written in a way this version of Storeboard does not know. Save it again as .xlsx or .csv.',
  'error.dataset/unreadable.repeatedKeySomewhere':
    'An object of the file holds one key twice, so it is not clear which value counts. Export it with one of them, or give the second another name.',
  'error.dataset/unreadable.unknownEncoding': 'This name of an encoding is not known.',
  'error.dataset/overLimit.unpacked':
    'The file is packed so tightly that it would fill the memory when unpacked, and was not opened. If you trust where it comes from, open it in Excel and save it anew.',
  'error.dataset/overLimit.columns':
    'It has {columns} columns; at most {most} can be read. Leave out columns that are not needed.',
  'error.dataset/overLimit.rows': 'It has more rows than can be read. Split it into several files.',
  'error.dataset/overLimit.whole':
    'The file is too large for its kind, which has to be held in memory whole. Save it as .xlsx or .csv.',
  'error.dataset/overLimit.cell':
    'One of its cells or lines is too long to be data. Perhaps a quote is not closed, or the file is damaged.',
  'error.dataset/overLimit.nested':
    'Its parts are nested too deeply to be data. Perhaps a bracket or a mark is not closed, or the file is damaged.',
  'error.dataset/overLimit.texts':
    'It holds more different texts than fit in memory. Split it into several files.',
  'error.dataset/overLimit.time':
    'Reading it took too long and was stopped. Split it into several files.',
  'error.dataset/empty.note':
    'The sheet “{sheet}” holds one text alone (“{text}”) and no table to import. Choose a sheet with column names and rows.',
  'error.dataset/empty.noBytes':
    'The file is empty; perhaps it was not saved or copied whole. Get it again.',
  'error.file/denied.reading':
    'You have no permission to read this file. Ask its owner for it, or copy it to a folder of your own.',
  'error.dataset/unreadable.wrongEncoding':
    'The first row cannot be read in this encoding. Choose another one.',
  'error.dataset/unreadable.badJson':
    'Line {line} is not valid JSON, from “{spot}” on. Correct it, or export the file again.',
  'error.dataset/unreadable.repeatedKey':
    'In line {line} one object has the name “{spot}” twice, so nobody can tell which of the two values counts. Correct it, or export the file again.',
  'error.dataset/unreadable.noRecords':
    'It is JSON, but holds no objects that could be rows. A list such as [{"name": "…"}, …] is needed.',
  'error.dataset/unreadable.webArchive':
    'It is a web page saved as a single file, and holds no table that can be read. Open it in Excel and save it as .xlsx.',
  'error.sql/refused': 'The statement is not run: it is not one that only reads.',
  'error.sql/refused.notReading':
    'Only a statement that reads is run: SELECT, WITH … SELECT or VALUES.',
  'error.sql/refused.several':
    'Only one statement is run. Remove what stands behind the semicolon.',
  'error.sql/refused.notAllowed':
    '“{near}” is not allowed here: a statement reads the rows of its tables and reaches nothing else.',
  'error.sql/refused.unclosed': '“{near}” does not end, or closes nothing.',
  'error.sql/refused.nestedComment': 'A comment stands inside a comment. Remove one of them.',
  'error.sql/refused.sign': '“{near}” cannot be written here. Values are given as :name.',
  'error.sql/refused.unknownParameter':
    'There is no parameter “{near}”. Add it below, or remove it from the statement.',
  'error.sql/refused.badValue': 'The value of the parameter “{near}” does not suit its type.',
  'error.sql/refused.itself': '“{near}” is made from this dataset, which would then ask itself.',
  'error.sql/refused.noColumns': 'The answer has no column a report could use.',
  'error.sql/refused.duplicateColumn':
    'Two columns of the answer are named “{near}”. Give one another name with AS.',
  'error.sql/refused.unnamedColumn':
    'A column of the answer has no name, or too long a one. Name it with AS.',
  'error.sql/refused.otherPlace':
    'A dataset stays where it is asked. Make a new one for another place.',
  'error.sql/failed': 'The statement could not be run.',
  'error.sql/failed.syntax':
    'The statement cannot be understood. Look just before the marked place.',
  'error.sql/failed.unknownTable': 'There is no table “{near}” here.',
  'error.sql/failed.unknownColumn': 'There is no column “{near}” in these tables.',
  'error.sql/failed.unknownFunction': 'There is no function “{near}” here.',
  'error.sql/failed.ambiguous': 'Several tables have a column “{near}”. Write the table before it.',
  'error.sql/failed.types': 'A value does not suit the type it is used as.',
  'error.sql/failed.other': 'The statement could not be run.',
  'error.sql/needsConsent':
    'The SQL of this dataset was not written on this computer. See it and agree before it runs: on the Data page, or with “storeboard sql agree”.',
  'error.query/invalid': 'This combination of fields cannot be asked.',
  'error.report/invalid.tooLarge':
    'With its pictures the report is larger than {megabytes} MB and could not be opened again. Remove pictures, then save.',
  'error.query/invalid.rowsWithoutNumbers':
    'A view, or a table without row numbers, cannot list the rows behind a number. Read it in instead of asking it live.',
  'error.file/notFound.noFolder': 'The folder does not exist: {name}',
  'error.query/invalid.notJson': 'The query is not valid JSON: {message}',
  'error.query/invalid.listClosed': 'The data has changed. Open the list of rows again.',
  'error.query/invalid.boundDoesNotSuit': "A filter's bound is no value of its field.",
  'error.query/invalid.tooManyOthers':
    'Others stand for other periods under each of {count} {count?line|lines}, and every one would be asked by itself. Show fewer members, or put the periods first.',
  'error.query/invalid.tooManyPeriods':
    'Sums to date of so many lines overlap that every one would be asked by itself ({count}). Choose a coarser period.',
  'error.query/invalid.noPerson':
    'Nobody has looked yet for the persons behind “{field}”. Search for duplicate people on the Data page first, or count accounts.',
  'error.query/invalid.unknownCalendar': 'The workspace has no calendar “{calendar}”.',
  'error.query/invalid.unknownField': '“{field}” is not connected to a column of the dataset.',
  'error.query/invalid.notRelated':
    '“{from}” does not lead to “{dataset}”: no relationship connects them. Relate them, or take a field both lead to.',
  'error.query/invalid.fanOut':
    'Numbers of “{from}” cannot be split by “{dataset}”: several rows there belong to one row here, so numbers would count several times. Take a field “{from}” leads to.',
  'error.query/invalid.fanOutBy':
    'Numbers of “{from}” cannot be split by “{dataset}”: {rows} {rows?row there belongs|rows there belong} to {key} alone, so its numbers would count {rows} {rows?time|times}. Take a field “{from}” leads to.',
  'error.query/invalid.ambiguousWay':
    'Two ways lead to “{dataset}”: {way} and {other}. Remove a relationship on one of them.',
  'error.query/invalid.aggregateDoesNotSuit': '“{field}” cannot be added up this way.',
  'error.query/invalid.weightMissing': 'A weighted average needs a field to weigh by.',
  'error.query/invalid.balanceDateMissing': 'A balance needs the date it is told on.',
  'error.query/invalid.showDoesNotSuit':
    '“{field}” holds dates, which cannot be shown as a share, a difference or a sum.',
  'error.query/invalid.serverBalance':
    'This server cannot work out opening and closing balances ({name}). Import the table, or ask a PostgreSQL server.',
  'error.query/invalid.oneRelationThere':
    'This version of ClickHouse joins one other dataset at a time: “{dataset}” and “{other}” cannot stand in one block. Take one of them out of the block.',
  'error.query/invalid.engineLacksFunction':
    'A formula uses something {engine} would compute in another way ({function}). Import the table instead of asking it live.',
  'error.query/invalid.tooManyAggregates':
    'The formulas of this block have more than {limit} different aggregates. Leave some out.',
  'error.query/invalid.sameNameTwice': 'Two formulas or parameters have the name “{name}”.',
  'error.query/invalid.rankedByCells':
    '“{name}” is computed from shown cells and cannot choose which members are shown. Take the top members by another measure.',
  'error.query/invalid.sortedByNeighbours':
    '“{name}” reads the cells before or after, so it cannot decide their order. Sort by another measure, or along the other edge.',
  'error.query/invalid.rankedByText': '“{name}” gives texts. Sort by a measure that gives numbers.',
  'error.query/invalid.comparedText':
    '“{name}” gives texts or conditions, which cannot be compared with other days. Compare a measure that gives numbers.',
  'error.query/invalid.notShownAs':
    '“{name}” does not give numbers: it cannot be shown as a share, a difference or a running total.',
  'error.query/invalid.comparedTwice':
    '“{name}” names a measure that is compared over time, and cannot be compared itself. Compare one of the two.',
  'error.query/invalid.comparedCells':
    '“{name}” is computed from shown cells and cannot be compared with other days. Compare the measures it names.',
  'error.query/invalid.calculatedNameTaken':
    'A calculated field is called “{name}”, as is a field of the data. Rename the calculated one.',
  'error.query/invalid.retentionAlone':
    'Who comes back is asked alone, without fields on rows, columns or values.',
  'error.query/invalid.retentionServer':
    'This server cannot tell who comes back. Read the table in instead of asking it live.',
  'error.query/invalid.notADate': '“{field}” is no date.',
  'error.query/invalid.notText': '“{field}” is no text.',
  'error.query/invalid.grainWithoutDate': 'Only dates can be shown by year, month or week.',
  'error.query/invalid.grainNeedsTime': 'Only dates with a time can be shown by hour.',
  'error.query/tooLarge': 'The answer is too large to show. Add a filter or a top-N limit.',
  'error.query/tooLarge.cells':
    'This would be a table of {cells} {cells?cell|cells}: {rows} {rows?row|rows} by {columns} {columns?column|columns}. Up to {limit} can be shown. Add a filter, or keep the largest members only.',
  'error.query/cancelled': 'Cancelled.',
  'error.query/timedOut': 'The answer took too long.',
  'error.query/failed': 'The data could not be read.',
  'error.query/processLost': 'The query was interrupted. Try again.',
  'error.expression/syntax': 'The formula is not complete.',
  'error.expression/unknownField': 'The formula names an unknown field.',
  'error.expression/typeMismatch': 'The formula mixes types.',
  'error.expression/kindMismatch': 'The formula mixes rows, aggregates and shown cells.',
} as const satisfies Record<
  | `error.${ErrorCode}`
  | `error.dataset/unreadable.${UnreadableReason}`
  | `error.dataset/overLimit.${OverLimitReason}`,
  string
> &
  Record<string, string>
