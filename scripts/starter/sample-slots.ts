/** The sample chain's datasets as reports expect them: a test compares them with what an import makes of the files. */
import type { Field } from '../../shared/data/field.ts'
import type { DatasetSlot } from '../../shared/report/report.ts'

const id = (name: string): Field => ({ name, type: 'text', role: 'identifier' })
const text = (name: string): Field => ({ name, type: 'text', role: 'dimension' })
const day = (name: string): Field => ({ name, type: 'date', role: 'dimension' })
const time = (name: string): Field => ({ name, type: 'timestamp', role: 'dimension' })
const flag = (name: string): Field => ({ name, type: 'boolean', role: 'dimension' })
const whole = (name: string): Field => ({ name, type: 'integer', role: 'measure' })
const exact = (name: string, scale: number): Field => ({
  name,
  type: 'decimal',
  role: 'measure',
  scale,
})

const slot = (key: string, name: string, fields: Field[]): DatasetSlot => ({
  id: `sl_${key}`,
  name,
  fields,
})

export const sampleSlots: readonly DatasetSlot[] = [
  slot('sales', '销售明细', [
    ...[id('小票号'), id('行号'), time('销售时间'), id('门店编码'), id('会员号'), id('商品编码')],
    ...[text('渠道'), whole('数量'), exact('单价', 2), exact('折扣', 2), exact('金额', 2)],
    ...[text('促销活动'), text('支付方式'), id('收银员')],
  ]),
  slot('shops', '门店', [
    ...[id('门店编码'), text('门店名称'), text('区域'), text('省份'), text('城市')],
    ...[day('开店日期'), exact('面积', 1), text('店型'), text('店长')],
  ]),
  slot('targets', '月度目标', [id('门店编码'), day('月份'), whole('销售目标')]),
  slot('products', '商品', [
    ...[id('商品编码'), id('条形码'), text('商品名称'), text('大类'), text('小类'), text('品牌')],
    ...[text('单位'), exact('零售价', 2), exact('成本价', 2)],
  ]),
  slot('members', '会员', [
    ...[id('会员号'), text('姓名'), text('性别'), id('手机号'), day('生日'), day('注册日期')],
    ...[text('会员等级'), id('注册门店'), text('注册渠道'), text('城市')],
  ]),
  slot('survey', '问卷', [
    ...[id('问卷编号'), id('会员号'), id('门店编码'), time('提交时间'), whole('总体满意度')],
    ...[whole('服务满意度'), whole('商品满意度'), whole('推荐意愿')],
    ...[text('是否再次光顾'), text('意见建议')],
  ]),
  slot('campaigns', '营销活动', [
    ...[id('活动编码'), text('活动名称'), text('活动类型'), text('触达渠道'), day('开始日期')],
    ...[day('结束日期'), whole('预算'), text('目标人群')],
  ]),
  slot('exposures', '活动触达', [
    ...[id('活动编码'), id('会员号'), text('分组'), time('触达时间')],
    ...[flag('是否打开'), flag('是否点击')],
  ]),
  slot('points', '积分流水', [
    ...[id('流水号'), id('会员号'), time('发生时间'), text('类型'), whole('积分')],
    ...[whole('余额'), id('关联小票号'), id('操作员')],
  ]),
]
