/** Proposes what the columns of a dataset stand for, from their names and from what their values allow. */
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../../../shared/data/field.ts'
import type { Meaning } from '../../../../shared/data/meaning.ts'
import { meaningsOfName } from '../../../../shared/data/meaning.ts'
import type { PersonalKind } from '../../../../shared/data/personal.ts'
import { mainDateField, tellsWhen } from '../../../../shared/data/main-date.ts'

/** What is known of a column once all of its cells went by. */
export interface ColumnEvidence {
  readonly name: string
  readonly type: FieldType
  readonly role: FieldRole
  readonly scale: number
  /** Different values that are not blank; -1 when nobody counted. */
  readonly distinct: number
  readonly blanks: number
  readonly min: string | null
  readonly max: string | null
  /** Some of its different texts; none when nobody kept them. */
  readonly texts: readonly string[]
}

/** Several columns of a survey are scores; anything else is what one column of a dataset is. */
const several: ReadonlySet<Meaning> = new Set<Meaning>(['score', 'comment'])

const sold: readonly Meaning[] = ['amount', 'quantity', 'product']

/** One entry a column, null for none. A meaning that only one column may have goes to the one whose name is surest. */
export function proposeMeanings(
  columns: readonly ColumnEvidence[],
  rows: number,
  personal: readonly (PersonalKind | null)[],
): (Meaning | null)[] {
  const found = new Array<Meaning | null>(columns.length).fill(null)
  const time = timeColumn(columns)
  if (time >= 0) found[time] = 'time'
  const fits = columns.flatMap((column, index) =>
    meaningsOfName(column.name)
      .filter(({ meaning }) => allows(meaning, column, rows))
      .map((fit) => ({ ...fit, index })),
  )
  const taken = new Set<Meaning>()
  // The first column wins among equals, as sort keeps their order.
  for (const { meaning, index } of fits.toSorted((a, b) => a.rank - b.rank)) {
    if (found[index] !== null || taken.has(meaning)) continue
    found[index] = meaning
    if (!several.has(meaning)) taken.add(meaning)
  }
  for (const [index, column] of columns.entries()) {
    // An address reads much like a sentence.
    const isFree = found[index] === null && (personal[index] ?? null) === null
    if (isFree && rows > column.blanks && readsAsSentences(column)) found[index] = 'comment'
  }
  // Beside what people wrote, and where nothing is sold, small whole numbers are marks they gave.
  if (found.includes('comment') && !sold.some((meaning) => found.includes(meaning))) {
    for (const [index, column] of columns.entries()) {
      if (found[index] === null && rows > column.blanks && readsAsMarks(column))
        found[index] = 'score'
    }
  }
  const isFree = (index: number): boolean =>
    found[index] === null && (personal[index] ?? null) === null
  if (found.includes('customer') && !found.includes('points')) {
    giveToOnly('points', columns, found, (column, index) => isFree(index) && keepsPoints(column))
  }
  if (!found.includes('campaign')) {
    giveToOnly(
      'campaign',
      columns,
      found,
      (column, index) => isFree(index) && namesCampaigns(column, rows - column.blanks),
    )
  }
  return found
}

/** What values suggest of several columns is sure of none. */
function giveToOnly(
  meaning: Meaning,
  columns: readonly ColumnEvidence[],
  found: (Meaning | null)[],
  fits: (column: ColumnEvidence, index: number) => boolean,
): void {
  const [index, ...others] = columns.flatMap((column, at) => (fits(column, at) ? [at] : []))
  if (index !== undefined && others.length === 0) found[index] = meaning
}

/** The date relative filters count from, when it tells when something happened. */
function timeColumn(columns: readonly ColumnEvidence[]): number {
  const main = mainDateField(columns)
  return main === undefined || !tellsWhen(main.name) ? -1 : columns.indexOf(main)
}

function allows(meaning: Meaning, column: ColumnEvidence, rows: number): boolean {
  const filled = rows - column.blanks
  if (filled <= 0) return false
  switch (meaning) {
    case 'time':
      return isTemporal(column.type)
    case 'amount':
    case 'cost':
      return isNumeric(column.type)
    case 'quantity':
      return isNumeric(column.type) && !(column.scale > 3)
    case 'points':
      return isNumeric(column.type) && column.scale <= 2
    case 'score':
      return isNumeric(column.type) && within(column, 0, 100)
    case 'customer':
    case 'order':
      // A flag such as "member: yes, no" names nobody.
      return namesThings(column) && !(column.distinct >= 0 && column.distinct <= 2 && filled > 20)
    case 'product':
    case 'shop':
      return namesThings(column)
    case 'campaign':
      return namesThings(column) && !saysYesNo(column)
    case 'channel':
      return column.type === 'text' && column.distinct <= 500
    case 'comment':
      return column.type === 'text' && readsAsWords(column)
  }
}

/** Text, or whole numbers that are not added up by nature. */
function namesThings({ type }: ColumnEvidence): boolean {
  return type === 'text' || type === 'integer'
}

function saysYesNo({ texts }: ColumnEvidence): boolean {
  return (
    texts.length > 0 && texts.every((text) => /^(是|否|有|无|y|n|yes|no|true|false)$/i.test(text))
  )
}

function within({ min, max }: ColumnEvidence, least: number, most: number): boolean {
  if (min === null || max === null) return true
  return Number(min) >= least && Number(max) <= most
}

/** Free text is longer than a label and hardly repeats in length; a handful of short words are choices of a list. */
function readsAsWords({ texts }: ColumnEvidence): boolean {
  if (texts.length === 0) return true
  const lengths = texts.map((text) => Array.from(text).length)
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  return mean >= 5 || Math.max(...lengths) >= 12
}

/** Whatever its name: most of its texts are long, hardly one comes again, and they have the marks of sentences. */
function readsAsSentences({ type, texts, distinct }: ColumnEvidence): boolean {
  if (type !== 'text' || texts.length < 10 || (distinct >= 0 && distinct < 20)) return false
  const sentences = texts.filter(
    (text) => Array.from(text).length >= 12 && /[，。！？；,.!?;]/.test(text),
  )
  return sentences.length * 2 > texts.length
}

const pointWords = /积分|[赠送余加扣总净得累计]分|分值|分数|分$|points?|\bpts\b|\bscores?\b/
const otherPoints =
  /百分|部分|成分|评分|打分|满意|分[店类钟部组区期摊销行机]|percent|price point|point of|rating/

/** Beside a member's key: whole numbers called points somehow, with more to them than the marks of a scale. */
function keepsPoints({ name, type, min, max, distinct }: ColumnEvidence): boolean {
  const plain = name.normalize('NFKC').replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase() // prettier-ignore
  if (type !== 'integer' || !pointWords.test(plain) || otherPoints.test(plain)) return false
  if (min === null || max === null || (distinct >= 0 && distinct < 3)) return false
  return Number(min) < 0 || Number(max) > 100
}

const campaignWords =
  /双\s*(?:11|12|十一|十二|旦)|(?<!\d)6[.·]?18(?!\d)|会员日|满\s*\d*\s*[减赠送]|买[一二两三\d]+[送赠]|促销|活动|大促|秒杀|特惠|清仓|周年庆|店庆|年货节|购物节|\b(?:sales?|promo\w*|campaign|black friday|cyber monday|clearance|bogo)\b/i
/** Such texts stand under these names as well, and say something else there. */
const otherTexts =
  /备注|说明|商品|产品|品名|渠道|门店|店铺|remark|note|product|item|channel|shop|store|department/i
const mostCampaigns = 50

/** Few different texts, each again and again, most of which are what campaigns are called. */
function namesCampaigns({ name, type, texts, distinct }: ColumnEvidence, filled: number): boolean {
  const different = Math.max(distinct, texts.length)
  if (type !== 'text' || texts.length < 2 || different > mostCampaigns) return false
  if (otherTexts.test(name) || filled < different * 3) return false
  return texts.filter((text) => campaignWords.test(text)).length > texts.length * 0.6
}

/** A scale of at most eleven steps, from 0 or 1. */
function readsAsMarks({ type, min, max, distinct }: ColumnEvidence): boolean {
  if (type !== 'integer' || min === null || max === null || distinct > 11 || distinct < 3)
    return false
  return Number(min) >= 0 && Number(min) <= 2 && [5, 7, 10].includes(Number(max))
}
