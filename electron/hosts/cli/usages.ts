/** How each command is called, the same in every language. */
export const usages = {
  import: [
    "import FILE…|FOLDER --workspace DIR [--into NAME] [--mode replace|append|fail] [--overlap refuse|replace|keep|skip] [--sheet S]… [--table T]… [--header-row K] [--encoding E] [--delimiter D] [--keep-totals] [--totals-by-word] [--unpivot|--no-unpivot] [--as-found] [--recipe FILE] [--no-relate] [--password-stdin] [--column 'NAME: KEY=VALUE, …']… [--meaning COLUMN=MEANING]… [--personal COLUMN=KIND]…",
  ],
  refresh: [
    'refresh --workspace DIR [--dataset NAME]… [--rename FIELD=COLUMN]… [--keep-type FIELD[=ORDER]]… [--pad FIELD]… [--accept-loss] [--leave-out FILE]… [--take-in FILE]… [--renamed FILE]… [--keep-gone] [--overlap replace|keep|skip] [--password-stdin]',
  ],
  versions: ['versions --workspace DIR [--dataset NAME]… [--drop VERSION]…'],
  changes: ['changes DATASET --workspace DIR [--from VERSION] [--to VERSION]'],
  rollback: ['rollback DATASET --workspace DIR [--to VERSION]'],
  rejected: [
    'rejected DATASET --workspace DIR [--personal mask|full]',
    'rejected DATASET --workspace DIR --mend FILE|-',
  ],
  datasets: [
    'datasets --workspace DIR',
    'datasets rename DATASET NAME --workspace DIR',
    'datasets remove DATASET --workspace DIR',
  ],
  tag: ['tag DATASET --workspace DIR [--meaning COLUMN=MEANING]… [--personal COLUMN=KIND]…'],
  relate: [
    'relate --workspace DIR',
    'relate FROM TO --key COLUMN[=COLUMN]… [--replace] --workspace DIR',
    'relate remove FROM TO --workspace DIR',
  ],
  sql: [
    'sql make DATASET --workspace DIR --text FILE|- [--file DATASET|--connection NAME] [--param NAME:TYPE=VALUE]…',
    'sql look --workspace DIR --text FILE|- [--file DATASET|--connection NAME] [--param NAME:TYPE=VALUE]…',
    'sql show DATASET --workspace DIR',
    'sql agree DATASET --workspace DIR --hash HASH',
  ],
  calendar: [
    'calendar --workspace DIR',
    'calendar save FILE|- --workspace DIR [--default]',
    'calendar remove NAME --workspace DIR',
    'calendar holidays FILE --workspace DIR [--into NAME]',
  ],
  recipe: [
    'recipe DATASET --workspace DIR [--show]',
    'recipe DATASET --workspace DIR --preview FILE|- [--step ID] [--limit N] [--personal mask|full]',
    'recipe DATASET --workspace DIR --apply FILE|- [--accept-loss]',
  ],
  duplicates: [
    'duplicates find DATASET --workspace DIR [--with DATASET]… [--map [DATASET.]KIND=COLUMN]… [--accept-over PERCENT]',
    'duplicates list DATASET --workspace DIR [--offset N] [--limit N] [--personal mask|full]',
    'duplicates people DATASET --workspace DIR [--offset N] [--limit N] [--personal mask|full]',
    'duplicates accept|reject DATASET PAIR… --workspace DIR [--force]',
    'duplicates undo DATASET --workspace DIR [--account KEY|--unasked|--rejected|--all]',
    'duplicates remove DATASET --workspace DIR',
  ],
  query: [
    'query --workspace DIR --query FILE|- [--format json|csv|xlsx] [--out FILE] [--explain] [--as-of DATE] [--personal mask|hash|full]',
  ],
  render: [
    'render REPORT --workspace DIR [--data SLOT=DATASET]… [--xlsx F] [--pdf F] [--png DIR] [--as-of DATE] [--personal mask|hash|full] [--quality] [--all-levels]',
  ],
  template: [
    'template pack REPORT --out FILE [--keep ID|all|none]…',
    'template inspect TEMPLATE',
    'template apply TEMPLATE --workspace DIR --out REPORT [--data SLOT=DATASET]… [--map SLOT.FIELD=FIELD]…',
  ],
  check: ['check FILE'],
  serve: ['serve --workspace DIR [--port N] [--no-open]'],
  schema: ['schema query|report|template|recipe|calendar'],
} as const satisfies Readonly<Record<string, readonly string[]>>
