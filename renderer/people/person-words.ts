import type { PersonWords } from '../../shared/people/settings.ts'
import type { Text } from '../../shared/text/messages.ts'

/** Names of the person fields in the language of whoever finds people first: they are data from then on. */
export function personWords(text: Text): PersonWords {
  return {
    person: text('people.field.person'),
    accounts: text('people.field.accounts'),
    shown: {
      ...{ name: text('people.field.name'), phone: text('people.field.phone') },
      ...{ birthday: text('people.field.birthday'), email: text('people.field.email') },
      ...{ idNumber: text('people.field.idNumber'), address: text('people.field.address') },
    },
  }
}
