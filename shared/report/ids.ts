import { z } from 'zod'

/** Ids are short random text with a kind prefix, made by an injected generator so that tests can repeat them. */
export type IdKind =
  'rp' | 'pg' | 'bk' | 'pl' | 'ix' | 'dp' | 'sl' | 'im' | 'st' | 'fx' | 'pm' | 'rn'
export type NewId = (kind: IdKind) => string

const id = (kind: IdKind) => z.string().regex(new RegExp(`^${kind}_[a-z0-9]{4,24}$`))

export const ReportId = id('rp')
export const PageId = id('pg')
export const BlockId = id('bk')
export const PillId = id('pl')
export const InteractionId = id('ix')
export const DrillPathId = id('dp')
export const SlotId = id('sl')
export const ImageId = id('im')
export const FormulaId = id('fx')
export const ParameterId = id('pm')

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Builds a generator over a source of randomness in [0, 1). */
export function idGenerator(random: () => number): NewId {
  return (kind) => {
    let tail = ''
    for (let i = 0; i < 8; i++) tail += alphabet[Math.floor(random() * alphabet.length)] ?? 'a'
    return `${kind}_${tail}`
  }
}
