import { crc32, createDeflateRaw, deflateRawSync, type DeflateRaw } from 'node:zlib'
import { utf8 } from './byte-builder.ts'
import type { ByteSink } from './byte-sink.ts'
import { dataDescriptor, directory, localHeader, MAX_32, type PartRecord } from './zip-records.ts'

export interface ZipOptions {
  /** Deflate level 1 (fast) to 9 (small). */
  readonly level: number
  /** Byte position from which 64-bit records are used; only tests lower it. */
  readonly zip64From?: number
}

/** Blocks handed to the compressor before the producer waits: it runs on another thread. */
const BLOCKS_AHEAD = 2

/** Writes a zip front to back onto a sink. One streamed part is open at a time. */
export class ZipWriter {
  readonly #sink: ByteSink
  readonly #options: ZipOptions
  readonly #parts: PartRecord[] = []
  #offset = 0

  constructor(sink: ByteSink, options: ZipOptions) {
    this.#sink = sink
    this.#options = options
  }

  /** Adds a small part whole, with its sizes in front of it. */
  async addPart(name: string, text: string): Promise<void> {
    const content = utf8(text)
    const packed = deflateRawSync(content, { level: this.#options.level })
    const part: PartRecord = {
      name,
      crc: crc32(content),
      packedSize: packed.length,
      size: content.length,
      offset: this.#offset,
      streamed: false,
    }
    await this.#put(localHeader(part))
    await this.#put(packed)
    this.#parts.push(part)
  }

  /** Opens a part of unknown length. */
  async openPart(name: string): Promise<ZipPart> {
    const offset = this.#offset
    const start = { name, crc: 0, packedSize: 0, size: 0, offset, streamed: true }
    await this.#put(localHeader(start))
    return new ZipPart(
      createDeflateRaw({ level: this.#options.level, chunkSize: 128 * 1024 }),
      (bytes) => this.#put(bytes),
      async (sizes) => {
        const part: PartRecord = { ...start, ...sizes }
        await this.#put(dataDescriptor(part))
        this.#parts.push(part)
      },
    )
  }

  /** Writes the directory; the sink stays the caller's to close. Returns the archive's size. */
  async finish(): Promise<number> {
    await this.#put(directory(this.#parts, this.#offset, this.#options.zip64From ?? MAX_32))
    return this.#offset
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length
    await this.#sink.write(bytes)
  }
}

type Sizes = Pick<PartRecord, 'crc' | 'packedSize' | 'size'>

/** One open part. A failed sink or compressor shows up at the next write or at close. */
export class ZipPart {
  readonly #deflate: DeflateRaw
  readonly #put: (bytes: Uint8Array) => Promise<void>
  readonly #closed: (sizes: Sizes) => Promise<void>
  readonly #pump: Promise<void>
  readonly #ahead: Promise<void>[] = []
  #failure: unknown = null
  #crc = 0
  #packedSize = 0
  size = 0

  constructor(
    deflate: DeflateRaw,
    put: (bytes: Uint8Array) => Promise<void>,
    closed: (sizes: Sizes) => Promise<void>,
  ) {
    this.#deflate = deflate
    this.#put = put
    this.#closed = closed
    this.#pump = this.#drain().catch((error: unknown) => {
      this.#failure = error
    })
  }

  async #drain(): Promise<void> {
    // The compressor's readable side yields Buffers; its type says only "any".
    for await (const chunk of this.#deflate as AsyncIterable<Buffer>) {
      this.#packedSize += chunk.length
      await this.#put(chunk)
    }
  }

  /** Appends a block; the caller must not touch its bytes afterwards. */
  async write(block: Uint8Array): Promise<void> {
    this.#refuseFailed()
    this.#crc = crc32(block, this.#crc)
    this.size += block.length
    this.#ahead.push(
      // Errors arrive through the pump, which knows the first cause.
      new Promise((resolve) => this.#deflate.write(block, () => resolve())),
    )
    if (this.#ahead.length <= BLOCKS_AHEAD) return
    // A compressor destroyed under a write never answers it: the pump's end does.
    await Promise.race([this.#ahead.shift(), this.#pump])
    this.#refuseFailed()
  }

  #refuseFailed(): void {
    if (this.#failure !== null) throw failure(this.#failure)
  }

  async close(): Promise<void> {
    this.#deflate.end()
    await this.#pump
    this.#refuseFailed()
    await this.#closed({ crc: this.#crc, packedSize: this.#packedSize, size: this.size })
  }

  /** Stops compressing; the archive is then of no use. */
  async discard(): Promise<void> {
    this.#deflate.destroy()
    await this.#pump
  }
}

function failure(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('writing the archive failed', { cause })
}
