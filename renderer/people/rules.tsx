import { useId } from 'react'
import { useStore } from 'zustand'
import type { PeopleSet } from '../../shared/people/people-words.ts'
import type { ShownTrait } from '../../shared/people/settings.ts'
import { shownTraits, SurvivorRule, survivorRules } from '../../shared/people/settings.ts'
import { useText } from '../ui/use-text.ts'
import type { PeopleStore } from './people-store.ts'

interface RulesProps {
  readonly people: PeopleStore
  readonly set: PeopleSet
}

/** Which of the values of its accounts a person shows. */
export function Rules({ people, set }: RulesProps) {
  const text = useText()
  const told = shownTraits.filter((trait) => set.settings.sources.some(({ fields }) => fields[trait])) // prettier-ignore
  return (
    <section className="people-part" aria-label={text('people.rules')}>
      <h3>{text('people.rules')}</h3>
      <p className="hint">{text('people.rules.hint')}</p>
      {told.map((trait) => (
        <Rule key={trait} people={people} trait={trait} />
      ))}
    </section>
  )
}

function Rule({ people, trait }: { readonly people: PeopleStore; readonly trait: ShownTrait }) {
  const text = useText()
  const id = useId()
  const { survivors, running } = useStore(people.store)
  return (
    <div className="people-rule">
      <label htmlFor={id}>{text(`people.trait.${trait}`)}</label>
      <select
        id={id}
        value={survivors[trait]}
        disabled={running !== null}
        onChange={({ target }) => {
          const rule = SurvivorRule.parse(target.value)
          void people.changeSurvivors({ ...survivors, [trait]: rule })
        }}
      >
        {survivorRules.map((rule) => (
          <option key={rule} value={rule}>
            {text(`people.rule.${rule}`)}
          </option>
        ))}
      </select>
    </div>
  )
}
