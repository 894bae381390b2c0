/** One walk over the bytes of a JSON file: refuses brackets nested without end and finds the lists of objects inside the one object a file may be. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { overLimit } from '../source-limits.ts'

const maxDepth = 200
const pieceBytes = 4_194_304
/** A name beyond this length leads to no table. */
const maxKeyBytes = 400

const quote = 0x22
const backslash = 0x5c
const newline = 0x0a
const space = 0x20
const comma = 0x2c
const colon = 0x3a
const openBracket = 0x5b
const openBrace = 0x7b

/** A list of objects, by the names that lead to it, and its bytes in the file. */
export interface InnerList {
  readonly name: string
  readonly from: number
  readonly to: number
}

export interface JsonOutline {
  /** None where the file is more, or something else, than one object. */
  readonly lists: readonly InnerList[]
  /** Names of what stands beside them. */
  readonly beside: readonly string[]
  /** Lines leave so much open that, taken together, they would be nested too deeply: each has to be read by itself. */
  readonly apart: boolean
}

const nothing: JsonOutline = { lists: [], beside: [], apart: false }

/**
 * Rejects with `dataset/overLimit` before anything else looks at the file. `isLines`: every line is a value of its own, so
 * that one cut short opens nothing for the next.
 */
export async function outlineOf(path: string, isLines: boolean): Promise<JsonOutline> {
  const file = await open(path, 'r')
  try {
    const walk = new Walk(isLines)
    const piece = Buffer.alloc(pieceBytes)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes)
      if (bytesRead === 0) break
      walk.feed(piece, bytesRead)
    }
    if (!walk.tooDeep) return walk.outline()
  } finally {
    await file.close()
  }
  // In an older encoding half a character may look like a sign; no parser takes such a file as it is.
  if (await isText(path)) throw overLimit('xmlDepth')
  return nothing
}

async function isText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    // A stream without an encoding gives buffers.
    for await (const piece of createReadStream(path))
      decoder.decode(piece as Buffer, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Nothing is looked for (any more) in these. */
const untracked = -1

class Walk {
  tooDeep = false
  readonly #isLines: boolean
  #depth = 0
  /** What lines above left open. */
  #leftOpen = 0
  #apart = false
  #inText = false
  #escaped = false
  #before = 0
  #values = 0
  /** Depth of the object whose names are looked at: objects alone lead to it. */
  #tracked = untracked
  #key: number[] | undefined
  #name: string | undefined
  readonly #path: string[] = []
  #list:
    { readonly name: string; readonly from: number; objects: boolean; empty: boolean } | undefined
  readonly #lists: InnerList[] = []
  readonly #empty: InnerList[] = []
  readonly #beside: string[] = []

  constructor(isLines: boolean) {
    this.#isLines = isLines
  }

  feed(bytes: Uint8Array, length: number): void {
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] ?? 0
      if (this.#inText) this.#text(byte)
      else if (byte === quote) this.#openText()
      // [ ] and { } differ in this one bit.
      else if ((byte | 0x20) === 0x7b) this.#open(byte, this.#before + at)
      else if ((byte | 0x20) === 0x7d) this.#close(this.#before + at + 1)
      else if (byte === newline && this.#isLines) this.#endLine()
      else if (this.#depth === this.#tracked) this.#sign(byte)
      else if (this.#list?.empty === true && byte > space) this.#list.empty = false
    }
    this.#before += length
  }

  outline(): JsonOutline {
    const isOne = this.#values === 1 && this.#depth === 0
    if (!isOne) return { ...nothing, apart: this.#apart }
    // A month without sales: its list is the table, of no rows.
    const lists = this.#lists.length > 0 ? this.#lists : this.#empty
    const beside = this.#beside.filter((name) => lists.every((list) => list.name !== name))
    return { lists, beside, apart: this.#apart }
  }

  #endLine(): void {
    this.#leftOpen += this.#depth
    if (this.#leftOpen > maxDepth) this.#apart = true
    this.#depth = 0
    this.#tracked = untracked
    this.#list = undefined
  }

  #openText(): void {
    this.#inText = true
    if (this.#list !== undefined) this.#list.empty = false
    if (this.#depth === this.#tracked && this.#name === undefined) this.#key = []
  }

  /** No text holds a line end, so a quote that is not closed hides nothing of the lines below it. */
  #text(byte: number): void {
    if (byte === newline || (byte === quote && !this.#escaped)) this.#inText = false
    if (byte === newline && this.#isLines) this.#endLine()
    else if (this.#inText && this.#key !== undefined && this.#key.length <= maxKeyBytes)
      this.#key.push(byte)
    this.#escaped = byte === backslash && !this.#escaped
  }

  #sign(byte: number): void {
    if (byte === comma) this.#endMember()
    else if (byte === colon && this.#key !== undefined && this.#name === undefined) {
      this.#name = nameOf(this.#key)
      this.#key = undefined
    }
  }

  /** A member that was neither list nor a way to one stands beside them. */
  #endMember(): void {
    if (this.#name !== undefined && this.#beside.length < maxDepth) this.#beside.push(this.#name)
    this.#name = undefined
    this.#key = undefined
  }

  #open(byte: number, at: number): void {
    if (++this.#depth > maxDepth) this.tooDeep = true
    if (this.#list !== undefined) this.#list.empty = false
    if (this.#depth === 1) {
      this.#values++
      this.#tracked = byte === openBrace && this.#values === 1 ? 1 : untracked
    } else if (this.#depth === this.#tracked + 1) this.#openMember(byte, at)
    else if (this.#list !== undefined && this.#depth === this.#tracked + 2)
      this.#list.objects ||= byte === openBrace
  }

  #openMember(byte: number, at: number): void {
    if (this.#name === undefined) return
    if (byte === openBracket) {
      const name = [...this.#path, this.#name].join('.')
      this.#list = { name, from: at, objects: false, empty: true }
    } else {
      this.#path.push(this.#name)
      this.#name = undefined
      this.#tracked = this.#depth
    }
  }

  #close(to: number): void {
    if (this.#depth === this.#tracked) {
      this.#endMember()
      this.#path.pop()
      this.#tracked = this.#depth === 1 ? untracked : this.#depth - 1
    } else if (this.#list !== undefined && this.#depth === this.#tracked + 1) {
      const { name, from, objects, empty } = this.#list
      if (objects) this.#lists.push({ name, from, to })
      else if (empty) this.#empty.push({ name, from, to })
      if (objects) this.#name = undefined
      this.#list = undefined
    }
    this.#depth = Math.max(0, this.#depth - 1)
  }
}

function nameOf(bytes: readonly number[]): string {
  try {
    return String(JSON.parse(`"${Buffer.from(bytes).toString('utf8')}"`))
  } catch {
    return ''
  }
}
