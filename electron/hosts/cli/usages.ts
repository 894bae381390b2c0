/** How each command is called, the same in every language. */
export const usages = {
  import: [
    'import FILE…|FOLDER --workspace DIR [--into NAME] [--mode replace|append|fail] [--sheet S]… [--table T]… [--header-row K] [--encoding E] [--keep-totals] [--unpivot] [--recipe FILE] [--password-stdin]',
  ],
  refresh: ['refresh --workspace DIR [--dataset NAME]… [--rename FIELD=COLUMN]… [--accept-loss]'],
  versions: ['versions --workspace DIR [--dataset NAME]… [--drop VERSION]…'],
  changes: ['changes DATASET --workspace DIR [--from VERSION] [--to VERSION]'],
  rollback: ['rollback DATASET --workspace DIR [--to VERSION]'],
  recipe: [
    'recipe DATASET --workspace DIR [--show]',
    'recipe DATASET --workspace DIR --preview FILE|- [--step ID] [--limit N]',
    'recipe DATASET --workspace DIR --apply FILE|- [--accept-loss]',
  ],
  datasets: ['datasets --workspace DIR'],
  query: [
    'query --workspace DIR --query FILE|- [--format json|csv|xlsx] [--out FILE] [--explain] [--as-of DATE]',
  ],
  render: [
    'render REPORT --workspace DIR [--data SLOT=DATASET]… [--xlsx F] [--pdf F] [--png DIR] [--as-of DATE]',
  ],
  template: [
    'template pack REPORT --out FILE [--keep ID|all|none]…',
    'template inspect TEMPLATE',
    'template apply TEMPLATE --workspace DIR --out REPORT [--data SLOT=DATASET]… [--map SLOT.FIELD=FIELD]…',
  ],
  check: ['check FILE'],
  serve: ['serve --workspace DIR [--port N] [--no-open]'],
  schema: ['schema query|report|template|recipe'],
} as const satisfies Readonly<Record<string, readonly string[]>>
