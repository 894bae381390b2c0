/** Real job and query processes for tests: the entry files under plain Node. */
import { join } from 'node:path'
import type { ChildPort, ProcessKind } from '../../electron/engine/host.ts'
import { createProcessStarter } from '../../electron/hosts/loopback/child-process.ts'

const runner = join(import.meta.dirname, '../../electron/engine/runner')
const starter = createProcessStarter({
  query: join(runner, 'query-process.ts'),
  job: join(runner, 'job-process.ts'),
})

export function startProcess(kind: ProcessKind): ChildPort {
  return starter.start(kind)
}
