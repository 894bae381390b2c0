import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Bounds } from './window-options.ts'

const Kept = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(300).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof Kept>

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const usual: Bounds = { width: 1440, height: 900 }

function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

/** Where the window was, unless the screen it was on is gone: then the usual size, placed by the system. */
export function boundsFor(state: WindowState | undefined, screens: readonly Area[]): Bounds {
  if (state === undefined) return usual
  const seen = screens.reduce((sum, screen) => sum + overlap(state, screen), 0)
  const { x, y, width, height } = state
  return seen >= (width * height) / 4 ? { x, y, width, height } : usual
}

export function readWindowState(file: string): WindowState | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Kept.safeParse(kept).data
  } catch {
    return undefined
  }
}

export function keepWindowState(file: string, bounds: Area, maximized: boolean): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const { x, y, width, height } = bounds
    writeFileSync(file, JSON.stringify({ x, y, width, height, maximized }))
  } catch {
    // A window that opens at its usual place is no reason to stop closing.
  }
}
