import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { Settings } from '../../shared/workspace-words.ts'

export interface SettingsFile {
  read(): Promise<Settings>
  /** Rejects with the system's error. */
  save(settings: Settings): Promise<void>
}

const defaults: Settings = { language: 'system', theme: 'system' }

/** Settings lost or from another version are the defaults: nothing of value is in them. */
export function createSettingsFile(file: string): SettingsFile {
  return {
    async read() {
      try {
        const kept: unknown = JSON.parse(await readFile(file, 'utf8'))
        return Settings.safeParse(kept).data ?? defaults
      } catch {
        return defaults
      }
    },
    async save(settings) {
      await mkdir(dirname(file), { recursive: true })
      await writeFileAtomic(file, `${JSON.stringify(settings, null, 2)}\n`)
    },
  }
}
