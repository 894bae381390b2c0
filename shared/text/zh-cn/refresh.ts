import type { refresh as english } from '../en/refresh.ts'

export const refresh: Record<keyof typeof english, string> = {
  'refresh.title': '刷新数据',
  'refresh.running': '正在重新读取文件…',
  'refresh.step': '{dataset}：{rows} 行',
  'refresh.unchanged': '自上次以来没有变化。',
  'refresh.rows': '{before} → {after} 行',
  'refresh.read': '已读取：{files}',
  'refresh.added': '新增：{files}',
  'refresh.rejected': '无法读取的行：{count}',
  'refresh.stays': '数据保持不变。',
  'refresh.question': '文件的列已发生变化。在您回答之前，保留原有数据。',
  'refresh.vanished': '“{field}”现在是哪一列？',
  'refresh.none': '没有：该字段已消失',
  'refresh.retyped': '“{field}”原为{from}，现为{to}。',
  'refresh.reports': '使用这些字段的报表：{reports}',
  'refresh.answer': '按所选列刷新',
  'refresh.goBack': '退回之前的数据',
  'refresh.wentBack': '已恢复显示之前的数据。',
  'refresh.none.datasets': '此报表没有来自文件的数据集。',
  'refresh.done': '完成',
  'refresh.cancel': '取消',
}
