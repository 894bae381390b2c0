/** One walk over the bytes of a JSON file: refuses brackets nested without end and finds the lists of objects inside the one object a file may be. */
import { open } from 'node:fs/promises'
import { overLimit } from '../source-limits.ts'

const maxDepth = 200
const pieceBytes = 4_194_304
/** A name beyond this length leads to no table. */
const maxKeyBytes = 400

const quote = 0x22
const backslash = 0x5c
const newline = 0x0a
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
}

/** Rejects with `dataset/overLimit` before anything else looks at the file. */
export async function outlineOf(path: string): Promise<JsonOutline> {
  const file = await open(path, 'r')
  try {
    const walk = new Walk()
    const piece = Buffer.alloc(pieceBytes)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes)
      if (bytesRead === 0) return walk.outline()
      walk.feed(piece, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Nothing is looked for (any more) in these. */
const untracked = -1

class Walk {
  #depth = 0
  #inText = false
  #escaped = false
  #before = 0
  #values = 0
  /** Depth of the object whose names are looked at: objects alone lead to it. */
  #tracked = untracked
  #key: number[] | undefined
  #name: string | undefined
  readonly #path: string[] = []
  #list: { readonly name: string; readonly from: number; objects: boolean } | undefined
  readonly #lists: InnerList[] = []
  readonly #beside: string[] = []

  feed(bytes: Uint8Array, length: number): void {
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] ?? 0
      if (this.#inText) this.#text(byte)
      else if (byte === quote) this.#openText()
      // [ ] and { } differ in this one bit.
      else if ((byte | 0x20) === 0x7b) this.#open(byte, this.#before + at)
      else if ((byte | 0x20) === 0x7d) this.#close(this.#before + at + 1)
      else if (this.#depth === this.#tracked) this.#sign(byte)
    }
    this.#before += length
  }

  outline(): JsonOutline {
    const isOne = this.#values === 1 && this.#depth === 0
    return { lists: isOne ? this.#lists : [], beside: this.#beside }
  }

  #openText(): void {
    this.#inText = true
    if (this.#depth === this.#tracked && this.#name === undefined) this.#key = []
  }

  /** No text holds a line end, so a quote that is not closed hides nothing of the lines below it. */
  #text(byte: number): void {
    if (byte === newline || (byte === quote && !this.#escaped)) this.#inText = false
    else if (this.#key !== undefined && this.#key.length <= maxKeyBytes) this.#key.push(byte)
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
    if (++this.#depth > maxDepth) throw overLimit('xmlDepth')
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
      this.#list = { name, from: at, objects: false }
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
      const { name, from, objects } = this.#list
      if (objects) {
        this.#lists.push({ name, from, to })
        this.#name = undefined
      }
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
