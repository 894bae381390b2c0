/**
 * Official holidays and the weekend days worked for them, as the General Office of the State Council announced them, with the
 * notice of each year. Later years are announced in the autumn before and imported (see docs/calendar.md).
 */
import { civilDay, epochDayOf } from '../data/calendar-day.ts'

interface Announcement {
  readonly notice: string
  /** Name, first and last day off. */
  readonly off: readonly (readonly [string, string, string])[]
  readonly work: readonly string[]
}

const [newYear, spring, qingming] = ['元旦', '春节', '清明节']
const [labour, dragon, autumn, national] = ['劳动节', '端午节', '中秋节', '国庆节']
const both = '国庆节、中秋节'

// One holiday a line: to be compared with the notice.
// prettier-ignore
const announced: Readonly<Record<number, Announcement>> = {
  2015: { notice: '国办发明电〔2014〕28号; 国发明电〔2015〕1号', work: ['0104', '0215', '0228', '0906', '1010'], off: [
    [newYear, '0101', '0103'], [spring, '0218', '0224'], [qingming, '0404', '0406'], [labour, '0501', '0503'],
    [dragon, '0620', '0622'], ['抗战胜利70周年纪念日', '0903', '0905'], [autumn, '0926', '0927'], [national, '1001', '1007'] ] },
  2016: { notice: '国办发明电〔2015〕18号', work: ['0206', '0214', '0612', '0918', '1008', '1009'], off: [
    [newYear, '0101', '0103'], [spring, '0207', '0213'], [qingming, '0402', '0404'], [labour, '0430', '0502'],
    [dragon, '0609', '0611'], [autumn, '0915', '0917'], [national, '1001', '1007'] ] },
  2017: { notice: '国办发明电〔2016〕17号', work: ['0122', '0204', '0401', '0527', '0930'], off: [
    [newYear, '0101', '0102'], [spring, '0127', '0202'], [qingming, '0402', '0404'], [labour, '0429', '0501'],
    [dragon, '0528', '0530'], [both, '1001', '1008'] ] },
  2018: { notice: '国办发明电〔2017〕12号', work: ['0211', '0224', '0408', '0428', '0929', '0930'], off: [
    [newYear, '0101', '0101'], [spring, '0215', '0221'], [qingming, '0405', '0407'], [labour, '0429', '0501'],
    [dragon, '0616', '0618'], [autumn, '0922', '0924'], [national, '1001', '1007'] ] },
  2019: { notice: '国办发明电〔2018〕15号; 国办发明电〔2019〕3号', work: ['-1229', '0202', '0203', '0428', '0505', '0929', '1012'], off: [
    [newYear, '-1230', '0101'], [spring, '0204', '0210'], [qingming, '0405', '0407'], [labour, '0501', '0504'],
    [dragon, '0607', '0609'], [autumn, '0913', '0915'], [national, '1001', '1007'] ] },
  2020: { notice: '国办发明电〔2019〕16号; 国办发明电〔2020〕1号', work: ['0119', '0426', '0509', '0628', '0927', '1010'], off: [
    [newYear, '0101', '0101'], [spring, '0124', '0202'], [qingming, '0404', '0406'], [labour, '0501', '0505'],
    [dragon, '0625', '0627'], [both, '1001', '1008'] ] },
  2021: { notice: '国办发明电〔2020〕27号', work: ['0207', '0220', '0425', '0508', '0918', '0926', '1009'], off: [
    [newYear, '0101', '0103'], [spring, '0211', '0217'], [qingming, '0403', '0405'], [labour, '0501', '0505'],
    [dragon, '0612', '0614'], [autumn, '0919', '0921'], [national, '1001', '1007'] ] },
  2022: { notice: '国办发明电〔2021〕11号', work: ['0129', '0130', '0402', '0424', '0507', '1008', '1009'], off: [
    [newYear, '0101', '0103'], [spring, '0131', '0206'], [qingming, '0403', '0405'], [labour, '0430', '0504'],
    [dragon, '0603', '0605'], [autumn, '0910', '0912'], [national, '1001', '1007'] ] },
  2023: { notice: '国办发明电〔2022〕16号', work: ['0128', '0129', '0423', '0506', '0625', '1007', '1008'], off: [
    [newYear, '-1231', '0102'], [spring, '0121', '0127'], [qingming, '0405', '0405'], [labour, '0429', '0503'],
    [dragon, '0622', '0624'], [both, '0929', '1006'] ] },
  2024: { notice: '国办发明电〔2023〕7号', work: ['0204', '0218', '0407', '0428', '0511', '0914', '0929', '1012'], off: [
    [newYear, '0101', '0101'], [spring, '0210', '0217'], [qingming, '0404', '0406'], [labour, '0501', '0505'],
    [dragon, '0610', '0610'], [autumn, '0915', '0917'], [national, '1001', '1007'] ] },
  2025: { notice: '国办发明电〔2024〕12号', work: ['0126', '0208', '0427', '0928', '1011'], off: [
    [newYear, '0101', '0101'], [spring, '0128', '0204'], [qingming, '0404', '0406'], [labour, '0501', '0505'],
    [dragon, '0531', '0602'], [both, '1001', '1008'] ] },
  2026: { notice: '国办发明电〔2025〕7号', work: ['0104', '0214', '0228', '0509', '0920', '1010'], off: [
    [newYear, '0101', '0103'], [spring, '0215', '0223'], [qingming, '0404', '0406'], [labour, '0501', '0505'],
    [dragon, '0619', '0621'], [autumn, '0925', '0927'], [national, '1001', '1007'] ] },
}

export interface OfficialDay {
  readonly name: string
  readonly kind: 'off' | 'work'
}

/** A leading minus is the year before: a New Year's holiday may begin in December. */
function dayIn(year: number, text: string): number {
  const digits = text.replace('-', '')
  const of = text.startsWith('-') ? year - 1 : year
  return epochDayOf(of, Number(digits.slice(0, 2)), Number(digits.slice(2))) ?? 0
}

function allDays(): Map<number, OfficialDay> {
  const days = new Map<number, OfficialDay>()
  for (const [text, { off, work }] of Object.entries(announced)) {
    const year = Number(text)
    for (const [name, first, last] of off) {
      for (let day = dayIn(year, first); day <= dayIn(year, last); day++)
        days.set(day, { name, kind: 'off' })
    }
    for (const day of work) days.set(dayIn(year, day), { name: '调休', kind: 'work' })
  }
  return days
}

export const officialDays: ReadonlyMap<number, OfficialDay> = allDays()
export const announcedYears: readonly number[] = Object.keys(announced).map(Number)

export function noticeOf(year: number): string | undefined {
  return announced[year]?.notice
}

export function isAnnounced(day: number): boolean {
  return announced[civilDay(day).year] !== undefined
}
