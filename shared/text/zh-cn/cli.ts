import type { cli as english } from '../en/cli.ts'

export const cli: Record<keyof typeof english, string> = {
  'cli.usage': '用法：',
  'cli.exitCodes':
    '退出码：0 完成，1 程序错误，2 用法不对，3 文件无法读取或写入，4 输入内容有误，5 已取消或超时。',
  'cli.inUse':
    '这个工作区正被另一个 Storeboard 使用（{kind}，进程 {pid}，电脑 {host}）。请先在那边关闭，或换一个工作区。',
  'cli.inspecting': '正在查看文件',
  'cli.preparing': '正在整理“{dataset}”',
  'cli.importing': '正在导入“{dataset}”',
  'cli.refreshing': '正在刷新“{dataset}”',
  'cli.importRows': '{rows} 行',
  'cli.importPercent': '{rows} 行，{percent}%',
  'cli.rejected': '{dataset}：有 {count} 行无法读取',
  'cli.rejectedRow': '{source} 第 {row} 行：{reason}：{raw}',
  'cli.hidden': '{file}：未导入隐藏的工作表（可用 --sheet 名称 导入）：{names}',
  'cli.noFile': '没有这个文件：{name}',
  'cli.noWorkspace': '没有这个工作区：{name}',
  'cli.orphans': '没有对应值的行：{count}（{examples}）',
  'cli.related': '已把 {from} 关联到 {to}',
  'cli.bound': '“{slot}”使用数据集“{dataset}”',
  'cli.mapped': '{field} → {column}',
  'cli.rendering': '正在写入 {file}',
  'cli.didYouMean': '是否指“{name}”？',
  'cli.renderStep': '{done} / {of}',
  'cli.travels': '会随模板带走：{place}：{preview}',
  'cli.leftOut': '不带入模板：{place}：{preview}',
  'cli.duplicates': '正在查找重复人员',
  'cli.writingPeople': '正在写入归属',
  'cli.removedFrom': '“{report}”使用了“{name}”：在选择其他数据集之前，相关组件为空',
  'cli.unrelatedIn': '“{report}”同时使用了“{from}”和“{to}”的字段：在重新建立关系之前，相关组件为空',
  'cli.missing': '没有字段可用作“{field}”，以下组件将没有数据：{blocks}',
}
