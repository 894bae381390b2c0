import type { Page } from '@playwright/test'

/** The running product as a spec sees it, whatever host is underneath. */
export interface AppDriver {
  readonly kind: 'loopback' | 'electron'
  /** The app's window. */
  readonly page: Page
  /** The user's home folder of this run: put files below `Documents` and pick them through the app's dialogs. */
  readonly home: string
  /** Where this run keeps its settings. */
  readonly settings: string
  /** Opens the app anew in the same window, as after a restart of the browser; the engine goes on. */
  reopen(): Promise<void>
  /** Ends the engine's process without warning and starts the product again over the same settings. */
  crashAndRestart(): Promise<void>
  close(): Promise<void>
}

export interface LaunchOptions {
  /** The spec file that asks: files with names of their own get a product of their own, whatever ran before. */
  readonly spec?: string
  readonly locale?: 'zh-CN' | 'en'
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
}
