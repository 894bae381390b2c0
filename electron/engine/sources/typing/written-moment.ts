/** What people write beside a date and a clock: the day of the week, and hours and minutes by their Chinese names. */

const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const
const english = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** Most texts have none of these: looked for before anything else. */
const hint = /^\d.*(?:[周期拜时点時(]|\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat))/i
const dayName = /[\s,]*(?:\(\s*(?:星期|周|礼拜)?([日天一二三四五六])\s*\)|(?:星期|周|礼拜)([日天一二三四五六])|[\s,(]\(?(Sun|Mon|Tue|Wed|Thu|Fri|Sat)(?:day|sday|nesday|rsday|urday)?\.?\)?(?![a-z]))[\s,]*/i // prettier-ignore
const hours = /(\d{1,2})\s*[时点時](?:\s*(\d{1,2})\s*分)?(?:\s*(\d{1,2})\s*秒)?$/

export interface WrittenMoment {
  /** The text without these words, in figures. */
  readonly text: string
  /** 0 is Sunday; undefined where none is named. */
  readonly weekday: number | undefined
}

/** Undefined where the text has no such words. */
export function writtenMoment(plain: string): WrittenMoment | undefined {
  if (!hint.test(plain)) return undefined
  const found = dayName.exec(plain)
  const name = found?.[1] ?? found?.[2] ?? found?.[3]
  const rest = found === null ? plain : plain.replace(found[0], ' ').trim()
  const text = rest.replace(hours, (_, hour: string, minute = '0', second?: string) => {
    const clock = `${hour}:${String(minute).padStart(2, '0')}`
    return second === undefined ? clock : `${clock}:${second.padStart(2, '0')}`
  })
  return text === plain ? undefined : { text, weekday: name === undefined ? undefined : dayOf(name) } // prettier-ignore
}

function dayOf(name: string): number {
  const chinese = weekdays.findIndex((day) => day === (name === '天' ? '日' : name))
  return chinese >= 0 ? chinese : english.findIndex((day) => day === name.toLowerCase())
}

/** The first of January 1970 was a Thursday. */
export const weekdayOf = (epochDay: number): number => (((epochDay + 4) % 7) + 7) % 7
