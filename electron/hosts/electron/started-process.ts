import type { MessagePortMain, UtilityProcess } from 'electron'
import type { StartedProcess } from './engine-asks.ts'

/** A utility process as the link uses it. */
export function started(child: UtilityProcess): StartedProcess {
  return {
    post: (message, ports = []) =>
      // Only ports made by Electron's own channels are ever handed over.
      child.postMessage(message, [...ports] as MessagePortMain[]),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}
