import { describe, expect, it } from 'vitest'
import type { ParameterDraft } from '../../../../renderer/formulas/parameter-draft.ts'
import { draftOfParameter, newParameterDraft, parameterOf, retyped, withFirstEntry } from '../../../../renderer/formulas/parameter-draft.ts' // prettier-ignore
import { salesReport } from '../../../support/report-builder.ts'

const report = {
  ...salesReport(),
  parameters: { pm_rate: { id: 'pm_rate', name: 'rate', type: 'number' as const, value: 1 } },
}
const draft = (part: Partial<ParameterDraft>): ParameterDraft => ({
  ...{ ...newParameterDraft('pm_fresh'), name: '折扣', ...part },
})
const found = (part: Partial<ParameterDraft>) => parameterOf(draft(part), report)

describe('a parameter being made', () => {
  it('is a number along a range, and comes back as it was written', () => {
    const made = found({ value: 5 })
    expect(made).toEqual({
      parameter: {
        ...{ id: 'pm_fresh', name: '折扣', type: 'number', value: 5 },
        range: { min: 0, max: 100, step: 1 },
      },
    })
    if ('parameter' in made) expect(parameterOf(draftOfParameter(made.parameter), report)).toEqual(made) // prettier-ignore
  })

  it('has one of a list, its first one where nothing was chosen', () => {
    const listed = { type: 'text', choice: 'list', value: '', entries: '门店\n\n外卖\n门店' } as const // prettier-ignore
    expect(found(listed)).toEqual({ fault: 'value.wrong' })
    expect(parameterOf(withFirstEntry(draft(listed)), report)).toMatchObject({
      parameter: { value: '门店', list: ['门店', '外卖'] },
    })
  })

  it('says what is wrong with it', () => {
    expect(found({ name: '1st' })).toEqual({ fault: 'name.wrong' })
    expect(found({ name: 'rate' })).toEqual({ fault: 'name.taken' })
    expect(found({ min: 5, max: 1 })).toEqual({ fault: 'range.wrong' })
    expect(found({ value: 500 })).toEqual({ fault: 'value.wrong' })
    expect(found({ choice: 'list', entries: '1\ntwo' })).toEqual({ fault: 'entries.wrong' })
    expect(parameterOf({ ...retyped(draft({}), 'date'), value: 'soon' }, report)).toEqual({ fault: 'value.wrong' }) // prettier-ignore
  })
})
