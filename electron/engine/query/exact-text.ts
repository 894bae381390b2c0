/** Decimal numbers as text: digits, at most 38 of them, with a point. Undefined where a number cannot be written so. */
export function exactText(value: number | string): string | undefined {
  const found = /^([+-]?)0*(\d+)(?:\.(\d+?)0*)?$/.exec(String(value).trim())
  if (!found) return undefined
  const [, sign = '', whole = '', fraction = ''] = found
  if (whole.length + fraction.length > 38) return undefined
  const kept = fraction === '0' ? '' : fraction
  const digits = kept === '' ? whole : `${whole}.${kept}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

/** `12.3` with scale 2 is `1230`; undefined for a number that has more decimals than that. */
export function scaledText(text: string, scale: number): string | undefined {
  const [whole = '', fraction = ''] = text.split('.')
  if (fraction.length > scale) return undefined
  return exactText(whole + fraction.padEnd(scale, '0'))
}
