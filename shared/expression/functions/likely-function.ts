/** What somebody meant by a function that does not exist. */
import { nearestName } from '../nearest-name.ts'
import { functionNamed, functionNames, functions } from './catalogue.ts'
import type { FunctionId } from './function-id.ts'

/** Other words people look for a function by, as spreadsheets and books call them. */
const otherWords: Partial<Record<FunctionId, readonly string[]>> = {
  left: ['左', '左边', '取左', '左取', '左侧', '左截'],
  right: ['右', '右边', '取右', '右取', '右侧', '右截'],
  mid: ['中间', '截取', '取中间', '子串', '取子串', 'SUBSTR', 'SUBSTRING'],
  len: ['字数', '文本长度', '字符数', 'LENGTH'],
  sum: ['合计', '总和', '总计', '汇总'],
  average: ['平均', '均值', '求平均', 'AVG', 'MEAN'],
  count: ['个数', '数量', '计数值'],
  distinctCount: ['去重', '不重复计数', '非重复计数', '唯一计数', 'DISTINCTCOUNT'],
  minimum: ['最小', '最低', '最低值'],
  maximum: ['最大', '最高', '最高值'],
  median: ['中值'],
  if: ['如', '假如', '若', '条件', '判断'],
  round: ['舍入', '四舍五入到', '保留小数'],
  related: ['关联', '关联值'],
  isBlank: ['空', '是否为空', '判断空'],
  concat: ['拼接', '合并', '合并文本', '连接文本', 'CONCATENATE', 'TEXTJOIN'],
  substitute: ['替换文本', '代替'],
  find: ['查找文本', '位置', 'SEARCH'],
  text: ['文本', '到文本'],
  value: ['数值', '到数值', '转数字'],
  date: ['年月日', '日期值'],
  dateDif: ['相差天数', '天数差', 'DATEDIF'],
  dateAdd: ['加天数', '加月', 'EDATE'],
}

/** The function somebody probably meant, by a name it has here. */
export function likelyFunction(written: string): string | undefined {
  const name = written.normalize('NFKC').toUpperCase()
  const entry = Object.values(functions).find(({ id }) => otherWords[id]?.includes(name) === true)
  if (entry !== undefined) {
    return /\p{Script=Han}/u.test(name) ? entry.chinese[0] : entry.english[0]
  }
  return nearestName(written, functionNames()) ?? soleBeginning(name)
}

/** Names of few signs are far apart in edits: the one name that begins with what was written, or the reverse. */
function soleBeginning(written: string): string | undefined {
  if (written.length < 2) return undefined
  const found = [...functionNames()].filter((name) => name.startsWith(written))
  const ids = new Set(found.map((name) => functionNamed(name)?.id))
  return ids.size === 1 ? found[0] : undefined
}
