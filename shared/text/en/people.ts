import type { Meaning } from '../../data/meaning.ts'
import type { PersonalKind } from '../../data/personal.ts'

export const people = {
  'meaning.customer': 'Customer',
  'meaning.order': 'Order',
  'meaning.time': 'Time',
  'meaning.amount': 'Amount',
  'meaning.quantity': 'Quantity',
  'meaning.cost': 'Cost',
  'meaning.product': 'Product',
  'meaning.shop': 'Shop',
  'meaning.channel': 'Channel',
  'meaning.points': 'Points',
  'meaning.campaign': 'Campaign',
  'meaning.score': 'Score',
  'meaning.comment': 'Comment',
  'personal.phone': 'Phone',
  'personal.name': 'Person’s name',
  'personal.address': 'Address',
  'personal.idNumber': 'Identity number',
  'personal.email': 'E-mail',
  'personal.birthday': 'Birthday',
  'tags.meaning': 'Stands for',
  'tags.personal': 'Personal data',
  'tags.none': 'None',
  'tags.undo': 'Undo: {field}',
  'tags.ofField': 'stands for {meaning}',
  'tags.personalField': 'personal: {kind}',
  'tags.personalMark': 'Personal data ({kind}): masked in exports',
  'tags.changed': '{field} changed. Ctrl+Z undoes it.',
  'export.personal': 'Personal data',
  'export.personal.mask': 'Masked',
  'export.personal.hash': 'As tokens, one for each person',
  'export.personal.full': 'In full, this time only',
  'export.personal.columns': 'Columns: {columns}',
  'export.personal.mask.about': 'Such as 138****5678 and 王**. Rows and counts stay.',
  'export.personal.hash.about':
    'The same person has the same token in every export of this workspace; nobody can tell who it is.',
  'export.personal.full.about':
    'Phones, names and addresses will stand in the file as they are. Hand it on to nobody who may not have them.',
  'export.maskedColumns': 'Personal data not written as it is: {columns}',
} as const satisfies Record<`meaning.${Meaning}` | `personal.${PersonalKind}`, string> &
  Record<string, string>
