import { app } from './zh-cn/app.ts'
import { bringIn } from './zh-cn/bring-in.ts'
import { calendar } from './zh-cn/calendar.ts'
import { charts } from './zh-cn/charts.ts'
import { cli } from './zh-cn/cli.ts'
import { commands } from './zh-cn/commands.ts'
import { connections } from './zh-cn/connections.ts'
import { userSql } from './zh-cn/user-sql.ts'
import { dataPage } from './zh-cn/data-page.ts'
import { designer } from './zh-cn/designer.ts'
import { duplicates } from './zh-cn/duplicates.ts'
import { errors } from './zh-cn/errors.ts'
import { expression } from './zh-cn/expression.ts'
import { measureFormulas } from './zh-cn/measure-formulas.ts'
import { handOn } from './zh-cn/hand-on.ts'
import { inspector } from './zh-cn/inspector.ts'
import { menu } from './zh-cn/menu.ts'
import { people } from './zh-cn/people.ts'
import { recipe } from './zh-cn/recipe.ts'
import { refresh } from './zh-cn/refresh.ts'
import { rejected } from './zh-cn/rejected.ts'
import { relations } from './zh-cn/relations.ts'
import { start } from './zh-cn/start.ts'
import { words } from './zh-cn/words.ts'

/** The Chinese areas, each typed by its English twin. */
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
