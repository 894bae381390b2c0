import { memoryWirePair } from '../../shared/wire/memory-wire.ts'
import { wireSuite } from './wire-suite.ts'

wireSuite('in memory', () => {
  const [page, engine] = memoryWirePair()
  return Promise.resolve({ page, engine })
})
