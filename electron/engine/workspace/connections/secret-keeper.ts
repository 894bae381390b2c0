/** Where passwords are kept and got back from: the system's store, the vault, or only the memory of this run. */
import type { KeepSecret, SecretPlace } from '../../../../shared/data/connection.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { SystemSecrets } from '../store/system-secrets.ts'
import { SecretVault } from './secret-vault.ts'

export interface SecretKeeperNeeds {
  readonly vaultPath: string
  readonly findSystem: () => Promise<SystemSecrets | undefined>
}

export class SecretKeeper {
  readonly vault: SecretVault
  readonly #session = new Map<string, string>()
  readonly #findSystem: () => Promise<SystemSecrets | undefined>
  #system: Promise<SystemSecrets | undefined> | undefined

  constructor({ vaultPath, findSystem }: SecretKeeperNeeds) {
    this.vault = new SecretVault(vaultPath)
    this.#findSystem = findSystem
  }

  /** Ways to keep a password on this machine, the best first. */
  async keeping(): Promise<KeepSecret[]> {
    return (await this.#store()) ? ['system', 'vault', 'session'] : ['vault', 'session']
  }

  async place(id: string, keep: KeepSecret): Promise<SecretPlace> {
    if (this.#session.has(id)) return keep === 'session' ? 'session' : keep
    if (keep === 'session') return 'none'
    if (keep === 'vault') return this.#vaultPlace(id)
    return (await this.#fromSystem(id)) === undefined ? 'none' : 'system'
  }

  #vaultPlace(id: string): SecretPlace {
    if (!this.vault.isOpen) return this.vault.exists ? 'locked' : 'none'
    return this.vault.get(id) === undefined ? 'none' : 'vault'
  }

  /** Rejects with AppErrorException: `connection/locked` or `connection/secretNeeded`. */
  async get(id: string, keep: KeepSecret, name: string): Promise<string> {
    const known = this.#session.get(id) ?? (await this.#kept(id, keep))
    if (known !== undefined) return known
    const locked = keep === 'vault' && this.#vaultPlace(id) === 'locked'
    throw new AppErrorException(
      locked
        ? appError('connection/locked', {}, true)
        : appError('connection/secretNeeded', { reason: 'named', name }, true),
    )
  }

  /** With a passphrase the vault is opened or made first. Without any store nothing but the memory has it. */
  async keep(
    id: string,
    secret: string,
    keep: KeepSecret,
    passphrase: string | null,
  ): Promise<void> {
    if (keep === 'vault') {
      if (!this.vault.isOpen && passphrase !== null) await this.vault.open(passphrase)
      await this.vault.set(id, secret)
    } else if (keep === 'system') {
      await (await this.#store())?.set(id, secret)
    }
    this.#session.set(id, secret)
  }

  /** For this run alone, whatever is kept. */
  remember(id: string, secret: string): void {
    this.#session.set(id, secret)
  }

  async forget(id: string, keep: KeepSecret): Promise<void> {
    this.#session.delete(id)
    await this.vault.remove(id)
    if (keep === 'system') await (await this.#store())?.remove(id).catch(() => undefined)
  }

  async #kept(id: string, keep: KeepSecret): Promise<string | undefined> {
    if (keep === 'vault') return this.vault.get(id)
    return keep === 'system' ? this.#fromSystem(id) : undefined
  }

  /** A store that was closed since the start has nothing. */
  async #fromSystem(id: string): Promise<string | undefined> {
    return (await this.#store())?.get(id).catch(() => undefined)
  }

  #store(): Promise<SystemSecrets | undefined> {
    return (this.#system ??= this.#findSystem())
  }
}
