import { z } from 'zod'
import {
  BlankFilter,
  ContainsFilter,
  InFilter,
  RangeFilter,
  RelativeFilter,
} from '../query/filter.ts'
import { FieldId } from './field-use.ts'

/** A query filter whose field is a slot's field: the binding to a real dataset is applied when the block is asked. */
export const BlockFilter = z.discriminatedUnion('op', [
  InFilter.extend({ field: FieldId }),
  RangeFilter.extend({ field: FieldId }),
  ContainsFilter.extend({ field: FieldId }),
  BlankFilter.extend({ field: FieldId }),
  RelativeFilter.extend({ field: FieldId }),
])
export type BlockFilter = z.infer<typeof BlockFilter>
