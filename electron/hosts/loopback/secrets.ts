import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { PageRights } from '../../engine/page-rights.ts'

export const ticketLifeMs = 60_000

export interface Admission {
  /** For the HttpOnly cookie. */
  readonly cookie: string
  /** For the page's own memory. */
  readonly key: string
  readonly rights: PageRights
}

export interface Secrets {
  /** Single use, for a minute. */
  issueTicket(rights: PageRights): string
  /** A page that already has a session keeps it and gets a key of its own. */
  redeem(ticket: string, cookie: string | undefined): Admission | undefined
  /** Whether the cookie opens the page's files. */
  knowsCookie(cookie: string | undefined): boolean
  rightsOf(cookie: string | undefined, key: string | undefined): PageRights | undefined
  /** After a print job its session is worth nothing. */
  revokeJob(jobId: string): void
}

const secret = (): string => randomBytes(32).toString('base64url')

export function sameSecret(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export function createSecrets(now: () => number): Secrets {
  const tickets = new Map<string, { rights: PageRights; until: number }>()
  // 256 random bits looked up in a map: guessing by timing gains nothing.
  const sessions = new Map<string, Map<string, PageRights>>()

  function dropOldTickets(): void {
    for (const [ticket, { until }] of tickets) if (until < now()) tickets.delete(ticket)
  }

  return {
    issueTicket(rights) {
      dropOldTickets()
      const ticket = secret()
      tickets.set(ticket, { rights, until: now() + ticketLifeMs })
      return ticket
    },
    redeem(ticket, cookie) {
      dropOldTickets()
      const found = tickets.get(ticket)
      tickets.delete(ticket)
      if (found === undefined) return undefined
      const known = cookie === undefined ? undefined : sessions.get(cookie)
      // A print page never joins the window's session, nor the other way round.
      const joins = cookie !== undefined && known !== undefined && found.rights.kind === 'page'
      const own = joins ? cookie : secret()
      const keys = joins ? known : new Map<string, PageRights>()
      const key = secret()
      keys.set(key, found.rights)
      sessions.set(own, keys)
      return { cookie: own, key, rights: found.rights }
    },
    knowsCookie: (cookie) => cookie !== undefined && sessions.has(cookie),
    rightsOf(cookie, key) {
      if (cookie === undefined || key === undefined) return undefined
      return sessions.get(cookie)?.get(key)
    },
    revokeJob(jobId) {
      for (const [cookie, keys] of sessions)
        for (const rights of keys.values())
          if (rights.kind === 'print' && rights.jobId === jobId) sessions.delete(cookie)
    },
  }
}
