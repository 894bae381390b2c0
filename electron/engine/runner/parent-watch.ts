import { Worker } from 'node:worker_threads'

const everyMs = 500

/** A statement without end or a drawing keeps the thread that works in native code: it hears of nothing. */
const watch = `
const { workerData: { parent, everyMs, names } } = require('node:worker_threads')
const isGone = () => {
  if (names) return process.ppid !== parent
  try {
    process.kill(parent, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}
setInterval(() => { if (isGone()) process.kill(process.pid, 'SIGKILL') }, everyMs)`

/** From now on this process ends soon after the one that started it, whatever it is doing. */
export function watchParent(): void {
  const watcher = new Worker(watch, {
    eval: true,
    // Elsewhere an orphan is given another parent; Windows goes on naming the one that is gone.
    workerData: { parent: process.ppid, everyMs, names: process.platform !== 'win32' },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  })
  watcher.unref()
}
