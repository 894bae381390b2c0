/** Takes memory outside of the language's own, without ever letting another task run, and says when it has it. */
import { capMemory } from '../../electron/engine/runner/jobs/memory-cap.ts'

const [capMb = 0, takenMb = 0] = process.argv.slice(2).map(Number)
capMemory(capMb)
// The watch starts beside; a real job loads its renderer meanwhile.
await new Promise((resolve) => setTimeout(resolve, 500))
const held: Buffer[] = []
for (let taken = 0; taken < takenMb; taken += 8) held.push(Buffer.alloc(8 * 1_048_576, 1))
const until = performance.now() + 300
while (performance.now() < until) held[0]?.fill(2)
console.log(`held ${held.length * 8}`)
process.exit(0)
