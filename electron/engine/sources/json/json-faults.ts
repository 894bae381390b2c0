/** Where a text stops being JSON, or says one name twice: found once the engine's own parser has refused it. */

export interface JsonFault {
  readonly kind: 'badJson' | 'repeatedKey' | 'cutJson' | 'notAnObject'
  /** Place in the text. */
  readonly at: number
  /** The name that stands twice, or what stands there. */
  readonly near: string
}

/** One word of JSON but for texts; the engine takes NaN and Infinity, which other programs write. */
const words =
  /[\t\n\r ]+|[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null|NaN|-?Infinity)\b/y
const plain = /[^"\\\u0000-\u001f]*/y
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
const halfPair = /\\u[dD][89a-fA-F]/
const shownNear = 40

interface Place {
  readonly keys: Set<string> | undefined
  /** What may come: a name, its colon, a value, or a comma; at its beginning it may close as well. */
  wants: 'key' | 'colon' | 'value' | 'comma'
  begins: boolean
}

/** Undefined where the text is values of JSON, one after the other, all of them objects where `objects` says so. */
export function findJsonFault(text: string, wanted: 'objects' | 'anything'): JsonFault | undefined {
  const places: Place[] = []
  for (let at = 0, end = 0; at < text.length; at = end) {
    const word = wordAt(text, at)
    if (word === undefined) return unreadableAt(text, at)
    end = at + word.length
    if (/^\s/.test(word)) continue
    if (places.length === 0 && wanted === 'objects' && word !== '{')
      return { kind: 'notAnObject', at, near: nearOf(text, at) }
    const fault = step(places, word)
    if (fault === 'badJson') return { kind: fault, at, near: nearOf(text, at) }
    if (fault === 'repeatedKey') return { kind: fault, at, near: keyOf(word) }
  }
  const at = text.length
  return places.length === 0 ? undefined : { kind: 'cutJson', at, near: '' }
}

function wordAt(text: string, at: number): string | undefined {
  if (text[at] === '"') return textAt(text, at)
  words.lastIndex = at
  return words.exec(text)?.[0]
}

/** Piece by piece: one expression for a whole text would not bear millions of escapes. */
function textAt(text: string, from: number): string | undefined {
  for (let at = from + 1; ;) {
    plain.lastIndex = at
    plain.exec(text)
    at = plain.lastIndex
    if (text[at] === '"') return text.slice(from, at + 1)
    escape.lastIndex = at
    if (!escape.test(text)) return undefined
    at = escape.lastIndex
  }
}

function step(places: Place[], word: string): 'badJson' | 'repeatedKey' | undefined {
  const place = places.at(-1)
  if (word === '}' || word === ']') return close(places, place, word)
  if (place?.wants === 'comma' || word === ',') return next(place, word)
  if (place?.wants === 'colon' || word === ':') {
    if (place?.wants !== 'colon' || word !== ':') return 'badJson'
    place.wants = 'value'
    return undefined
  }
  if (word.startsWith('"') && halfPair.test(word) && !keyOf(word).isWellFormed()) return 'badJson'
  if (place?.wants === 'key') return name(place, word)
  if (place) Object.assign(place, { wants: 'comma', begins: false })
  if (word === '{') places.push({ keys: new Set(), wants: 'key', begins: true })
  else if (word === '[') places.push({ keys: undefined, wants: 'value', begins: true })
  return undefined
}

function close(places: Place[], place: Place | undefined, word: string): 'badJson' | undefined {
  const ends = place !== undefined && (place.begins || place.wants === 'comma')
  if (!ends || (word === '}') !== (place.keys !== undefined)) return 'badJson'
  places.pop()
  return undefined
}

function next(place: Place | undefined, word: string): 'badJson' | undefined {
  if (place?.wants !== 'comma' || word !== ',') return 'badJson'
  place.wants = place.keys === undefined ? 'value' : 'key'
  return undefined
}

function name(place: Place, word: string): 'badJson' | 'repeatedKey' | undefined {
  if (!word.startsWith('"')) return 'badJson'
  const key = keyOf(word)
  if (place.keys?.has(key) === true) return 'repeatedKey'
  place.keys?.add(key)
  Object.assign(place, { wants: 'colon', begins: false })
  return undefined
}

const keyOf = (word: string): string => String(JSON.parse(word))

/** Text that a quote opens and nothing closes goes on to the end: the file was cut there. */
function unreadableAt(text: string, at: number): JsonFault {
  const open = text[at] === '"' && !/["\n]/.test(text.slice(at + 1))
  return { kind: open ? 'cutJson' : 'badJson', at, near: nearOf(text, at) }
}

const nearOf = (text: string, at: number): string =>
  text
    .slice(at, at + shownNear)
    .split('\n')[0]
    ?.trim() ?? ''

/** 1-based. */
export function lineAt(text: string, at: number): number {
  let line = 1
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line++
  return line
}
