import { z } from 'zod'

/** What a column says about a person. */
export const personalKinds = [
  'phone',
  'name',
  'address',
  'idNumber',
  'email',
  'birthday',
  'account',
] as const
export const PersonalKind = z.enum(personalKinds)
export type PersonalKind = z.infer<typeof PersonalKind>

/** How personal values leave: shortened beyond recognition, as a token of the workspace, or as they are. */
export const personalModes = ['mask', 'hash', 'full'] as const
export const PersonalMode = z.enum(personalModes)
export type PersonalMode = z.infer<typeof PersonalMode>

export const hidden = '***'

/** A value that names nobody any more and still says what it is (docs/personal-data.md lists what of each kind is kept). */
export function maskValue(kind: PersonalKind, value: string): string {
  const text = plain(value)
  if (text === '') return hidden
  switch (kind) {
    case 'phone':
      return maskPhone(text)
    case 'name':
      return firstSign(text) + (/^\p{Script=Han}/u.test(text) ? '**' : hidden)
    case 'address':
      return (cityOf(text) ?? '') + hidden
    case 'idNumber':
      return isIdNumber(text) ? `${text.slice(0, 2)}****` : hidden
    case 'email':
      return maskEmail(text)
    case 'birthday':
      return /(?<!\d)(?:18|19|20)\d{2}/.exec(text)?.[0] ?? hidden
    case 'account':
      return hidden
  }
}

/** The form in which two writings of one person's value are the same; a token is made from it. */
export function sameValue(kind: PersonalKind, value: string): string {
  const text = plain(value)
  switch (kind) {
    case 'phone':
      return digitsOf(text) || text
    case 'email':
      return text.toLowerCase()
    case 'idNumber':
      return text.replaceAll(' ', '').toUpperCase()
    case 'name':
      return /\p{Script=Han}/u.test(text) ? text.replaceAll(' ', '') : text
    case 'address':
    case 'birthday':
    case 'account':
      return text
  }
}

const plain = (value: string): string => value.normalize('NFKC').replaceAll(/\s+/g, ' ').trim()

const firstSign = (text: string): string => Array.from(text)[0] ?? ''

/** Without country code where what follows it is a mobile number. */
function digitsOf(text: string): string {
  const digits = text.replaceAll(/\D/g, '')
  return digits.replace(/^(?:00)?86(?=1[3-9]\d{9}$)/, '')
}

function maskPhone(text: string): string {
  const digits = digitsOf(text)
  if (isMobile(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return digits.length >= 7 ? `****${digits.slice(-4)}` : hidden
}

function maskEmail(text: string): string {
  const at = text.lastIndexOf('@')
  return at > 0 ? `${firstSign(text)}${hidden}${text.slice(at)}` : hidden
}

const province =
  '(?:北京|天津|上海|重庆)市?|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省?|内蒙古(?:自治区)?|广西(?:壮族自治区)?|西藏(?:自治区)?|宁夏(?:回族自治区)?|新疆(?:维吾尔自治区)?|香港|澳门'
const city = '(?:(?!路|街|道|巷|弄|镇|村|区|县)\\p{Script=Han}){2,4}?市(?!场)'
const upToCity = new RegExp(`^(?:(?:${province}) ?(?:${city})?|${city})`, 'u')

function cityOf(address: string): string | undefined {
  return upToCity.exec(address)?.[0]
}

export function isMobile(digits: string): boolean {
  return /^1[3-9]\d{9}$/.test(digits)
}

export function isPhone(value: string): boolean {
  const text = plain(value)
  const digits = digitsOf(text)
  if (/[^\d\s+\-().,/]/.test(text)) return false
  return isMobile(digits) || /^0\d{9,11}$/.test(digits) || /^\+\d{8,15}$/.test(text.replaceAll(/[^\d+]/g, '')) // prettier-ignore
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** An 18-digit resident number with a possible birthday and its check digit. */
export function isIdNumber(value: string): boolean {
  const text = plain(value).toUpperCase()
  if (!/^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(text))
    return false
  const sum = weights.reduce((total, weight, place) => total + weight * Number(text[place]), 0)
  return '10X98765432'[sum % 11] === text[17]
}

export function isEmail(value: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().]{2,}$/.test(plain(value))
}

const mobiles = /(?<!\d)(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g
const idNumbers = /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g
const emails = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/** Mobile numbers, identity numbers and e-mail addresses in running text, masked; names cannot be told there. */
export function maskText(text: string): string {
  const narrow = text.replaceAll(/[\uff0b\uff0d\uff10-\uff19\uff20]/g, (sign) =>
    sign.normalize('NFKC'),
  )
  const masked = narrow
    .replaceAll(idNumbers, (found) => (isIdNumber(found) ? maskValue('idNumber', found) : found))
    .replaceAll(mobiles, (found) => maskValue('phone', found))
    .replaceAll(emails, (found) => maskValue('email', found))
  return masked === narrow ? text : masked
}
