/** Why a statement of the user's is not run, with its place in what was written. */
import { AppErrorException, appError } from '../../../../shared/errors.ts'

export type RefusedReason =
  /** Anything but one statement that reads. */
  | 'notReading'
  | 'several'
  /** A function, a table or a clause that reaches beyond the rows. */
  | 'notAllowed'
  | 'unclosed'
  | 'nestedComment'
  | 'sign'
  | 'unknownParameter'
  | 'badValue'
  | 'itself'
  | 'noColumns'
  | 'duplicateColumn'
  | 'unnamedColumn'
  | 'otherPlace'

export class SqlRefused extends AppErrorException {
  /** `at` counts UTF-16 units from 0. */
  constructor(reason: RefusedReason, at?: number, near = '') {
    const place = at === undefined ? {} : { at }
    super(appError('sql/refused', { reason, ...place, near: near.slice(0, 80) }))
  }
}
