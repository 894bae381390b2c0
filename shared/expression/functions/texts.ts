import { booleanType, integerType, textType } from '../value-type.ts'
import type { FunctionEntry, Parameter } from './function-entry.ts'
import { always } from './function-entry.ts'
import type { TextFunction } from './function-id.ts'

const base = { kind: 'row', group: 'text' } as const
const text: Parameter = { name: 'text', takes: 'text' }
const part: Parameter = { name: 'part', takes: 'text' }
const count: Parameter = { name: 'count', takes: 'whole', optional: true }
const gives = always(textType)

const ofOneText = {
  len: { english: ['LEN'], chinese: ['长度'], gives: always(integerType) },
  trim: { english: ['TRIM'], chinese: ['去空格'], gives },
  upper: { english: ['UPPER'], chinese: ['大写'], gives },
  lower: { english: ['LOWER'], chinese: ['小写'], gives },
} as const
const withPart = {
  contains: { english: ['CONTAINS'], chinese: ['包含'], gives: always(booleanType) },
  startsWith: { english: ['STARTSWITH'], chinese: ['开头是'], gives: always(booleanType) },
  endsWith: { english: ['ENDSWITH'], chinese: ['结尾是'], gives: always(booleanType) },
  textBefore: { english: ['TEXTBEFORE'], chinese: ['之前文本'], gives },
  textAfter: { english: ['TEXTAFTER'], chinese: ['之后文本'], gives },
} as const

const one = (id: keyof typeof ofOneText): FunctionEntry => ({
  ...base,
  id,
  parameters: [text],
  ...ofOneText[id],
})
const parted = (id: keyof typeof withPart): FunctionEntry => ({
  ...base,
  id,
  parameters: [text, part],
  ...withPart[id],
})

export const textEntries: Readonly<Record<TextFunction, FunctionEntry>> = {
  left: {
    ...base,
    id: 'left',
    english: ['LEFT'],
    chinese: ['左截取'],
    parameters: [text, count],
    gives,
  },
  right: {
    ...base,
    id: 'right',
    english: ['RIGHT'],
    chinese: ['右截取'],
    parameters: [text, count],
    gives,
  },
  mid: {
    ...base,
    id: 'mid',
    english: ['MID'],
    chinese: ['中间截取'],
    parameters: [text, { name: 'start', takes: 'whole' }, { name: 'count', takes: 'whole' }],
    gives,
  },
  len: one('len'),
  trim: one('trim'),
  upper: one('upper'),
  lower: one('lower'),
  concat: {
    ...base,
    id: 'concat',
    english: ['CONCAT'],
    chinese: ['连接'],
    parameters: [],
    repeated: [text],
    gives,
  },
  substitute: {
    ...base,
    id: 'substitute',
    english: ['SUBSTITUTE'],
    chinese: ['替换'],
    parameters: [text, { name: 'old', takes: 'text' }, { name: 'new', takes: 'text' }],
    gives,
  },
  replace: {
    ...base,
    id: 'replace',
    english: ['REPLACE'],
    chinese: ['按位替换'],
    parameters: [
      text,
      { name: 'start', takes: 'whole' },
      { name: 'count', takes: 'whole' },
      { name: 'new', takes: 'text' },
    ],
    gives,
  },
  contains: parted('contains'),
  startsWith: parted('startsWith'),
  endsWith: parted('endsWith'),
  find: {
    ...base,
    id: 'find',
    english: ['FIND'],
    chinese: ['查找'],
    // The order of Excel: what is sought comes first.
    parameters: [part, text],
    gives: always(integerType),
  },
  textBefore: parted('textBefore'),
  textAfter: parted('textAfter'),
  padLeft: {
    ...base,
    id: 'padLeft',
    english: ['PADLEFT'],
    chinese: ['左补齐'],
    parameters: [text, { name: 'length', takes: 'whole' }, { name: 'fill', takes: 'text' }],
    gives,
  },
  text: {
    ...base,
    id: 'text',
    english: ['TEXT'],
    chinese: ['转文本'],
    parameters: [
      { name: 'value', takes: 'any' },
      { name: 'pattern', takes: 'pattern' },
    ],
    gives,
  },
}
