/** What the label of a row or column says it is: a total, a part of one, a mean, a note. */

/**
 * `total` says total and nothing else, `group` says whose total it is, which the name of a product may too (Colgate
 * Total); `mean` is made of the rows otherwise, `part` is one of the row above, `ratio` compares.
 */
export type LabelKind = 'plain' | 'total' | 'group' | 'mean' | 'part' | 'ratio' | 'footer'

const period = '(?:[本当今上全][页日周月季年期]|全部|所有|年度|月度|季度)?'
const chinese = `(?:合计数?|总?小计|总计|总合计|共计|累计|汇总|总和|合共)`
const english = '(?:grand\\s*|sub-?\\s*|sum\\s+|running\\s+)?totals?|sum'
/** What a page takes over from the one before it: a sum of rows that stand above. */
const carried =
  '[承接][前上]页|[过转][次下]页|(?:total\\s+)?(?:brought|carried)\\s+(?:forward|down|over)'
const counted =
  '\\d+\\s*(?:[家店笔行条个单项人件名户天页位张]|rows?|records?|stores?|shops?|items?|orders?|lines?)'
/** What may stand behind the word: `: 12`, `（元）`, `(3家门店)`, `/ 去重计数`, `共3家`. */
const behind = `\\s*(?:[:/|].*|[([【「].{0,30}[)\\]】」]?|共?\\s*${counted})?`
const totalForm = new RegExp(
  `^(?:${period}${chinese}|${english}|公式合计|formula total|${carried})${behind}$`,
  'i',
)
const groupForm = new RegExp(
  `^(?<name>.{1,40}?)[\\s·\\-_/]*(?:${chinese})${behind}$|^(?<named>.{1,40}?)(?:[\\s·\\-_/]+|(?<=[\\u4e00-\\u9fff]))(?:${english})${behind}$`,
  'i',
)
/** `Total E`, `小计-徐汇`, and words that a place or a kind of goods may be called by as well. */
const groupFirstForm = new RegExp(
  `^(?:total|sub-?total)\\s+(?:(?:of|for)\\s+)?(?<name>\\S.{0,40})$|^${chinese}[\\s·\\-_]+(?<named>\\S.{0,40})$|^(?:全部|整体|总体|all|overall)$`,
  'i',
)
const meanForm = new RegExp(
  `^(?:总体?|[日周月季年店单])?(?:平均值?|均值|平均数|加权平均|最大值?|最小值?|最高值?|最低值?|中位数|百分位数|去重计数|所示(?:之和|平均|最小|最大)|average|avg\\.?|mean|weighted average|max(?:imum)?|min(?:imum)?|median|percentile|distinct count|(?:sum|average|minimum|maximum) of shown)${behind}$`,
  'i',
)
const partForm = /^(?:其中|(?:of which|thereof)\b)/i
const ratioForm = new RegExp(
  `^(?:较?(?:同比|环比)(?:增长|增幅|增减|变化|变动|下降)?率?|占比|比重|构成比?|份额|(?:增长|增减|增|完成|达成)(?:率|幅|比例)|yoy|mom|qoq|wow|y/y|m/m|share|% of total|growth|change)\\s*%?${behind}$`,
  'i',
)
const footerForm =
  /^(?:(?:制表|审核|复核|填表|打印|导出|经办)(?:人|时间|日期)?|主管|备注|说明|注|附注|(?:数据)?来源|单位)\s*:|^(?:notes?|source|printed|prepared|exported|generated|confidential)\b|^第\s*\d+\s*页(?:\s*[,、/]?\s*共\s*\d+\s*页)?$|^page\s+\d+(?:\s*(?:of|\/)\s*\d+)?$/i

/** `（一）`, `2.`, `③`, `-`, `*`: a line of a list of notes. */
const listed = /^(?:\(?[\d一二三四五六七八九十]{1,2}[.、)]|[①-⑳]|[-*•·※])\s*\S/

/** Without marks around it, the blanks between its letters and the width of its signs. */
function bare(text: string): string {
  const plain = text.normalize('NFKC').replaceAll('：', ':').trim().slice(0, 90)
  return plain
    .replace(/^[*#=<>\-—–_•◆■▲\s【[「(]+(?=[^\d\s])/, '')
    .replace(/[*#=<>\-—–_•◆■▲\s:]+$/, '')
    .replace(/^([^([【「]*)[\])】」]+/, '$1')
    .replace(/([\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])/g, '$1')
    .trim()
}

/** Something of every form, or signs of another width: nearly no text has it, and looking closely is slow. */
const hint =
  /计|汇\s*总|总\s*和|合\s*共|全\s*部|[整总]\s*体|平\s*均|均\s*值|最\s*[大小高低]|位\s*数|加权|所示|余额|其\s*中|[同环]\s*比|占\s*比|比\s*重|构\s*成|份\s*额|率|比例|[增完达][幅成]|[:\uff01-\uff5e]|total|sum|all|av(?:g|erage)|mean|max|min|median|percentile|distinct|of which|thereof|yoy|mom|qoq|wow|y\/y|m\/m|share|growth|change|notes?|source|printed|prepared|exported|generated|confidential|balance|页|page|forward|carried|brought/i

export function labelKindOf(text: string): LabelKind {
  if (!hint.test(text)) return 'plain'
  // A note's form hangs on its colon, which is no mark around it.
  if (footerForm.test(text.normalize('NFKC').trim())) return 'footer'
  const label = bare(text)
  if (totalForm.test(label)) return 'total'
  if (meanForm.test(label)) return 'mean'
  if (partForm.test(label)) return 'part'
  if (ratioForm.test(label)) return 'ratio'
  return groupForm.test(label) || groupFirstForm.test(label) ? 'group' : 'plain'
}

/** The name in `华东小计` and `Total E`; undefined where there is none. */
export function groupOf(text: string): string | undefined {
  const label = bare(text)
  const { name, named } = (groupForm.exec(label) ?? groupFirstForm.exec(label))?.groups ?? {}
  return (name ?? named)?.trim()
}

const ownWord =
  '(?:合计|总计|total|去重计数(?:\\(含空值\\))?|平均值|最[大小]值|中位数|百分位数|加权平均|期[初末]余额|公式合计|所示(?:之和|平均|最小|最大)|distinct count(?: with blank)?|average|minimum|maximum|median|percentile|weighted average|(?:opening|closing) balance|formula total|(?:sum|average|minimum|maximum) of shown)'
/** One of these may be the name of a brand, or be judged by its numbers. */
const openWord =
  /^(?:合计|总计|total|平均值|最[大小]值|中位数|average|minimum|maximum|median|percentile|(?:opening|closing) balance)$/i
const ownForm = new RegExp(
  `^${ownWord}(?: / ${ownWord})*(?:\\s*\\((?:含已筛除|incl. filtered out)\\))?$`,
  'i',
)

/** As our own workbooks name totals that are no sums (`合计 / 去重计数`), and nothing else is named. */
export function isOwnCaption(text: string): boolean {
  const label = text.normalize('NFKC').trim()
  return ownForm.test(label) && !openWord.test(label)
}

/** One such word alone, which may be a name or an indicator as well. */
export const isOwnWord = (text: string): boolean => openWord.test(text.normalize('NFKC').trim())

/** Means that are names of people as well. */
export const isNameToo = (text: string): boolean => /^(?:max|min|mean)\.?$/i.test(text.trim())

export const isListed = (text: string): boolean => listed.test(text.normalize('NFKC').trim())

/** `sure` says total and nothing else; `maybe` ends so, as a product's name may too. */
export function totalLabel(text: string): 'sure' | 'maybe' | 'no' {
  const kind = labelKindOf(text)
  if (kind === 'total') return 'sure'
  return kind === 'group' ? 'maybe' : 'no'
}

const totalEnd =
  /[\s·\-_]*(?:小\s*计|合\s*计|总\s*计|共\s*计|累\s*计|汇\s*总|sub-?\s*total|total)\s*[:：]?$/i

/** `一季度` of `一季度小计`, `Q1` of `Q1 total`; the text itself where it ends otherwise. */
export function withoutTotalWord(text: string): string {
  return text.replace(totalEnd, '').trim()
}
