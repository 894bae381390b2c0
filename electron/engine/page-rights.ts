import type { CallName } from '../../shared/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail } from '../../shared/errors.ts'

/** What a page may ask. A print page reads for one job and can change nothing. */
export type PageRights =
  { readonly kind: 'page' } | { readonly kind: 'print'; readonly jobId: string }

const printReads: ReadonlySet<string> = new Set<CallName>([
  'app.info',
  'query.run',
  'query.batch',
  'rows.open',
  'rows.window',
  'workspace.state',
])
const printOwn: ReadonlySet<string> = new Set<CallName>([
  'print.content',
  'print.progress',
  'print.ready',
])

function jobOf(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'jobId' in payload
    ? payload.jobId
    : undefined
}

/** `undefined` when the call is allowed. */
export function mayCall(
  rights: PageRights,
  name: string,
  payload: unknown,
): { readonly ok: false; readonly error: AppError } | undefined {
  if (rights.kind === 'page' || printReads.has(name)) return undefined
  if (printOwn.has(name) && jobOf(payload) === rights.jobId) return undefined
  return fail('contract/unknownCall', { call: name })
}
