import { app } from './en/app.ts'
import { bringIn } from './en/bring-in.ts'
import { calendar } from './en/calendar.ts'
import { charts } from './en/charts.ts'
import { cli } from './en/cli.ts'
import { commands } from './en/commands.ts'
import { connections } from './en/connections.ts'
import { userSql } from './en/user-sql.ts'
import { dataPage } from './en/data-page.ts'
import { designer } from './en/designer.ts'
import { duplicates } from './en/duplicates.ts'
import { errors } from './en/errors.ts'
import { expression } from './en/expression.ts'
import { measureFormulas } from './en/measure-formulas.ts'
import { handOn } from './en/hand-on.ts'
import { inspector } from './en/inspector.ts'
import { menu } from './en/menu.ts'
import { people } from './en/people.ts'
import { recipe } from './en/recipe.ts'
import { refresh } from './en/refresh.ts'
import { rejected } from './en/rejected.ts'
import { relations } from './en/relations.ts'
import { start } from './en/start.ts'
import { words } from './en/words.ts'

/** One file an area; keys carry the area's name, so that they stay unique. */
export const messages = {
  ...app,
  ...bringIn,
  ...calendar,
  ...charts,
  ...cli,
  ...commands,
  ...connections,
  ...userSql,
  ...dataPage,
  ...designer,
  ...duplicates,
  ...errors,
  ...expression,
  ...measureFormulas,
  ...handOn,
  ...inspector,
  ...menu,
  ...people,
  ...recipe,
  ...refresh,
  ...rejected,
  ...relations,
  ...start,
  ...words,
} as const
