import type { Notice, OpenAsk, SaveAsk } from '../../../shared/host-words.ts'
import type { ProcessKind } from '../../engine/host.ts'
import type { PageRights } from '../../engine/page-rights.ts'

/** What the main process does for the engine's process. Paths stay between these two; pages never see them. */
export interface ShellServices {
  pickToOpen(ask: OpenAsk): Promise<string[]>
  pickToSave(ask: SaveAsk): Promise<string | null>
  reveal(path: string): Promise<boolean>
  openLink(url: string): Promise<boolean>
  showDocument(state: { readonly title: string; readonly edited: boolean }): Promise<void>
  notify(notice: Notice): Promise<boolean>
  printPdf(job: PrintAsk, signal: AbortSignal): Promise<Uint8Array>
}

export interface PrintAsk {
  readonly jobId: string
  readonly widthMm: number
  readonly heightMm: number
}

export type ServiceName = keyof ShellServices

export interface EngineStart {
  readonly version: string
  readonly systemLanguage: 'zh-CN' | 'en'
  readonly folders: {
    readonly settings: string
    readonly resources: string
    readonly documents: string
  }
  readonly checkOutput: boolean
}

export type ToEngine =
  | ({ readonly kind: 'start' } & EngineStart)
  | { readonly kind: 'pageOpen'; readonly page: number; readonly rights: PageRights }
  | { readonly kind: 'frame'; readonly page: number; readonly bytes: Uint8Array }
  | { readonly kind: 'pageClose'; readonly page: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }
  | { readonly kind: 'opened'; readonly path: string }
  | { readonly kind: 'askClose'; readonly id: number }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'processPort'; readonly id: number }
  | { readonly kind: 'processExit'; readonly id: number; readonly expected: boolean }

export type FromEngine =
  | { readonly kind: 'frame'; readonly page: number; readonly bytes: Uint8Array }
  | { readonly kind: 'pageClose'; readonly page: number }
  | {
      readonly kind: 'ask'
      readonly id: number
      readonly service: ServiceName
      readonly input: unknown
    }
  | { readonly kind: 'cancelAsk'; readonly id: number }
  | { readonly kind: 'closeAnswer'; readonly id: number; readonly close: boolean }
  | { readonly kind: 'startProcess'; readonly id: number; readonly process: ProcessKind }
  | { readonly kind: 'killProcess'; readonly id: number }

/** One side of the channel between the two processes, Electron's ports reduced to what is used of them. */
export interface ProcessPort<Send, Receive> {
  post(message: Send, ports?: readonly TransferredPort[]): void
  onMessage(listener: (message: Receive, ports: readonly TransferredPort[]) => void): void
}

/** A port that can travel: Electron's MessagePortMain has these members. */
export interface TransferredPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown
  start(): void
}
