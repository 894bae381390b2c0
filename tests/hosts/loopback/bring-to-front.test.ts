import { PassThrough } from 'node:stream'
import { setImmediate as settled } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { bringToFront } from '../../../electron/hosts/loopback/app-window.ts'

const origin = 'http://127.0.0.1:4000'
const targetInfos = [
  { targetId: 'other', type: 'page', url: 'about:blank' },
  { targetId: 'ours', type: 'page', url: `${origin}/页` },
]
const answer = Buffer.from(`${JSON.stringify({ id: 1, result: { targetInfos } })}\0`)

/** What the browser is told after it answered in these pieces. */
async function toldAfter(pieces: readonly Buffer[]): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()]
  bringToFront(input, output, origin)
  for (const piece of pieces) {
    output.write(piece)
    await settled()
  }
  return String(input.read())
}

it('brings the page to the front whatever pieces the answer arrives in', async () => {
  const within = answer.indexOf('页') + 1
  for (const at of [1, within, answer.length - 1]) {
    const told = await toldAfter([answer.subarray(0, at), answer.subarray(at)])
    expect(told).toContain('"method":"Target.activateTarget","params":{"targetId":"ours"}')
  }
})

it('lets an answer be that cannot be read', async () => {
  expect(await toldAfter([Buffer.from('{"id":\0')])).not.toContain('activateTarget')
})
