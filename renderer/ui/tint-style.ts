import type { CSSProperties } from 'react'
import { tintPercent } from '../../shared/report/crosstab-tint.ts'

export function tintStyle(strength: number | null): CSSProperties {
  return strength === null
    ? {}
    : { background: `color-mix(in srgb, var(--accent) ${tintPercent(strength)}%, var(--surface))` }
}
