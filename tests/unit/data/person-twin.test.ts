import { describe, expect, it } from 'vitest'
import { accountsOf, personBehind } from '../../../shared/data/person-twin.ts'

const key = (dataset: string, field: string) => ({ dataset, fields: [field] })
const known = {
  datasets: [
    { id: 'members', person: { key: 'card', field: 'person' } },
    { id: 'sales' },
    { id: 'leads', person: { key: null, field: 'person' } },
  ],
  relationships: [
    { from: key('sales', 'member'), to: key('members', 'card'), broken: null },
    { from: key('sales', 'phone'), to: key('members', 'phone'), broken: null },
  ],
}

describe('customers are counted by account or by person', () => {
  it('the key of a list, and a key that leads to it, stand for the person field of the list', () => {
    const person = { dataset: 'members', field: 'person' }
    expect(personBehind({ dataset: 'members', field: 'card' }, known)).toEqual(person)
    expect(personBehind({ dataset: 'sales', field: 'member' }, known)).toEqual(person)
  })

  it('other fields have no person behind them', () => {
    expect(personBehind({ dataset: 'sales', field: 'phone' }, known)).toBeNull()
    expect(personBehind({ dataset: 'leads', field: 'name' }, known)).toBeNull()
    const broken = known.relationships.map((one) => ({
      ...one,
      broken: { code: 'relationship/duplicateKey' as const, details: {}, canRetry: false },
    }))
    const torn = { ...known, relationships: broken }
    expect(personBehind({ dataset: 'sales', field: 'member' }, torn)).toBeNull()
  })

  it('the way back is the key of what the block counts, else that of the list', () => {
    const person = { dataset: 'members', field: 'person' }
    const back = (...inUse: string[]) => accountsOf(person, new Set(inUse), known)
    expect(back('sales')).toEqual({ dataset: 'sales', field: 'member' })
    expect(back()).toEqual({ dataset: 'members', field: 'card' })
    expect(accountsOf({ dataset: 'leads', field: 'person' }, new Set(), known)).toBeNull()
    expect(accountsOf({ dataset: 'members', field: 'card' }, new Set(), known)).toBeNull()
  })
})
