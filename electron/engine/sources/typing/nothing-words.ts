/** Words and marks with which people say that a cell holds nothing. */

const words = new Set(
  (
    'null nul none nil nan na n/a n.a. #n/a tbd tba unknown empty blank missing void ' +
    '无 空 暂无 没有 待定 待补 待填 未知 不详 未填 未填写 未录入 未提供 无数据 无记录 缺 缺失 空白 不适用'
  ).split(' '),
)
const onlyMarks = /^[-–—―－_~～*＊/／\\.。…·?？#]+$/u

export function saysNothing(text: string): boolean {
  const plain = text.trim().toLowerCase()
  if (plain === '' || onlyMarks.test(plain)) return true
  return words.has(plain.replace(/^[(（<[【]\s*(.*?)\s*[)）>\]】]$/u, '$1'))
}
