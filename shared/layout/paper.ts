/** Sizes on paper, in CSS pixels (96 to the inch) unless said otherwise. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const papersMm = { A4: [210, 297], A3: [297, 420], Letter: [215.9, 279.4] } as const

/** Short and long side by orientation, in millimetres. */
export function paperSizeMm(
  paper: keyof typeof papersMm,
  orientation: 'portrait' | 'landscape',
): Size {
  const [short, long] = papersMm[paper]
  return orientation === 'portrait'
    ? { width: short, height: long }
    : { width: long, height: short }
}

export function mmToPx(mm: number): number {
  return (mm * 96) / 25.4
}
