/** The operating system's own store of passwords, reached from the engine's process under every host. */

export interface SystemSecrets {
  get(account: string): Promise<string | undefined>
  set(account: string, secret: string): Promise<void>
  remove(account: string): Promise<void>
}

const service = 'Storeboard'
/** The kernel's keyring, which the driver would fall back to, forgets everything at the next start of the machine. */
const options = { linux: { store: 'secret-service' } } as const

/** Undefined on a machine without one, or where it cannot be opened (no session, no desktop). */
export async function findSystemSecrets(): Promise<SystemSecrets | undefined> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring')
    const entry = (account: string) => new AsyncEntry(service, account, options)
    await entry('probe').getPassword()
    return {
      get: async (account) => (await entry(account).getPassword()) ?? undefined,
      set: (account, secret) => entry(account).setPassword(secret),
      async remove(account) {
        await entry(account).deletePassword()
      },
    }
  } catch {
    return undefined
  }
}
