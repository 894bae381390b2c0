/**
 * Random tests of one commit draw the same cases every time, so that a change is judged by what it does; others are looked for with
 * `npm run test:random`, which draws anew.
 */
import fc from 'fast-check'

const seed = process.env.STOREBOARD_SEED

if (seed !== 'new') fc.configureGlobal({ seed: seed === undefined ? 20_261_126 : Number(seed) })
