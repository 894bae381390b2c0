import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import type { ChildPort, ProcessKind } from '../../engine/host.ts'
import { processFlags } from '../../engine/host.ts'

export type ProcessEntries = Readonly<Record<ProcessKind, string>>

function portOf(child: ChildProcess): ChildPort {
  let killed = false
  return {
    post: (message) => {
      // A message to a process that just ended is lost like the process; onExit tells.
      if (child.connected) child.send(message as object, () => undefined)
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', () => listener(killed)),
    kill: () => {
      killed = true
      child.kill('SIGKILL')
    },
  }
}

/** Query and job processes as plain Node children; messages keep typed arrays as they are. */
export function createProcessStarter(entries: ProcessEntries) {
  const running = new Set<ChildProcess>()
  return {
    start(kind: ProcessKind): ChildPort {
      const child = fork(entries[kind], [], {
        serialization: 'advanced',
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        execArgv: [...processFlags[kind]],
      })
      running.add(child)
      child.once('exit', () => running.delete(child))
      // A process that cannot start says so by error; exit does not always follow.
      child.once('error', () => child.emit('exit', 1, null))
      return portOf(child)
    },
    endAll(): void {
      for (const child of running) child.kill('SIGKILL')
    },
  }
}
