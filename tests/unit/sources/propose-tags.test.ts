import { describe, expect, it } from 'vitest'
import type { ColumnEvidence } from '../../../electron/engine/sources/typing/propose-meanings.ts'
import { namesIdentifier } from '../../../electron/engine/sources/typing/identifier-names.ts'
import { tagFields } from '../../../electron/engine/sources/typing/tag-fields.ts'
import type { FieldType } from '../../../shared/data/field.ts'

type Column = Partial<ColumnEvidence> & { readonly name: string }

function column(name: string, type: FieldType, more: Partial<ColumnEvidence> = {}): Column {
  return { name, type, ...more }
}

/** What is proposed, as `meaning/personal` by column; columns without either are left out. */
function proposed(columns: readonly Column[], rows = 1000): Record<string, string> {
  const fields = columns.map((one): ColumnEvidence => ({
    type: 'text',
    role: 'dimension',
    scale: 0,
    distinct: 500,
    blanks: 0,
    min: one.type === 'date' || one.type === 'timestamp' ? '2024-01-01' : null,
    max: one.type === 'date' || one.type === 'timestamp' ? '2024-12-31' : null,
    texts: [],
    ...one,
  }))
  const tagged = tagFields(fields, rows, (index) => fields[index]!.texts)
  return Object.fromEntries(
    tagged
      .filter(({ meaning, personal }) => meaning !== null || personal !== null)
      .map(({ name, meaning, personal }) => [
        name,
        [meaning, personal].filter((one) => one !== null).join('/'),
      ]),
  )
}

const named = (names: Record<string, FieldType>): Column[] =>
  Object.entries(names).map(([name, type]) => column(name, type))

describe('meanings by name', () => {
  it('are found in English sales lines, one column each', () => {
    const lines = named({
      receiptNo: 'text', line: 'integer', sold_at: 'timestamp', 'Store Code': 'text', customer_id: 'text',
      SKU: 'text', channel: 'text', qty: 'integer', unit_price: 'decimal', discount_amount: 'decimal',
      'Net Amount': 'decimal', unit_cost: 'decimal', promotion: 'text', cashier: 'text',
    }) // prettier-ignore
    expect(proposed(lines)).toEqual({
      receiptNo: 'order', sold_at: 'time', 'Store Code': 'shop', customer_id: 'customer', SKU: 'product',
      channel: 'channel', qty: 'quantity', 'Net Amount': 'amount', unit_cost: 'cost', promotion: 'campaign',
    }) // prettier-ignore
  })

  it('are found in Chinese order lists and surveys', () => {
    const orders = named({
      订单编号: 'text', 下单时间: 'timestamp', 付款时间: 'timestamp', 客户编号: 'text', 门店: 'text',
      商品名称: 'text', 货号: 'text', 数量: 'integer', 销售金额: 'decimal', 优惠金额: 'decimal',
      进货成本: 'decimal', 销售渠道: 'text', 积分: 'integer', 快递单号: 'text', 销售目标: 'decimal',
    }) // prettier-ignore
    expect(proposed(orders)).toEqual({
      订单编号: 'order', 下单时间: 'time', 客户编号: 'customer', 门店: 'shop', 货号: 'product', 数量: 'quantity',
      销售金额: 'amount', 进货成本: 'cost', 销售渠道: 'channel', 积分: 'points',
    }) // prettier-ignore
    const survey = [
      column('NPS评分', 'integer', { min: '0', max: '10' }),
      column('服务满意度', 'integer', { min: '1', max: '5' }),
      column('意见', 'text', { texts: ['店员很热情，下次还来', '排队太久', '希望多一些停车位'] }),
      column('评价数', 'integer', { min: '0', max: '9' }),
    ]
    expect(proposed(survey)).toEqual({ NPS评分: 'score', 服务满意度: 'score', 意见: 'comment' })
  })

  it('stand back where the values say otherwise', () => {
    const columns = [
      column('会员', 'boolean'),
      column('客户', 'text', { distinct: 2, texts: ['是', '否'] }),
      column('金额', 'text'),
      column('score', 'integer', { min: '0', max: '98000' }),
      column('comment', 'text', { texts: ['A', 'B', 'C'] }),
      column('birthday', 'date'),
    ]
    expect(proposed(columns)).toEqual({ birthday: 'birthday' })
  })
})

describe('personal data', () => {
  const phones = ['13812345678', '139 0000 1111', '+86 15011112222', '13711112222', '１８６１２３４１２３４', '不详'] // prettier-ignore
  const names = ['王伟', '欧阳娜娜', '李娜', ' 张敏', '陈静怡', '刘洋']

  it('is told by names that agree with their values', () => {
    const members = [
      column('手机号', 'text', { texts: phones }),
      column('姓名', 'text', { texts: names }),
      column('生日', 'date'),
      column('家庭住址', 'text', { texts: ['浙江省杭州市文三路1号', '上海市世纪大道2号'] }),
      column('Email', 'text', { texts: ['a@b.com', 'c@d.cn'] }),
      column('店长', 'text', { texts: names }),
      column('收银员', 'text', { texts: ['01203', '01204'] }),
    ]
    expect(proposed(members)).toEqual({
      手机号: 'phone', 姓名: 'name', 生日: 'birthday', 家庭住址: 'address', Email: 'email', 店长: 'name',
    }) // prettier-ignore
  })

  it('is told by values alone where nearly all agree', () => {
    const columns = [
      column('备用', 'text', { texts: phones.slice(0, 5) }),
      column('c3', 'text', { texts: ['a@b.com', 'c@d.cn', 'e@f.com', 'g@h.com', 'i@j.com'] }),
      column('号码', 'integer', { min: '13000000001', max: '19912345678' }),
    ]
    expect(proposed(columns)).toEqual({ 备用: 'phone', c3: 'email', 号码: 'phone' })
  })

  it('is not seen in what only looks like it', () => {
    const columns = [
      column('商品名称', 'text', { texts: ['白巧克力', '金龙鱼', '王老吉'] }),
      column('手机型号', 'text', { texts: ['iPhone 15', 'Mate 60'] }),
      column('门店地址', 'text', { texts: ['上海市世纪大道2号'] }),
      column('name', 'text', { texts: ['Downtown Store', 'West Mall'] }),
      column('条码', 'text', { texts: ['6901234567890', '6901234567891', '6901234567892', '6901234567893', '6901234567894'] }), // prettier-ignore
    ]
    expect(proposed(columns)).toEqual({ 商品名称: 'product' })
  })

  it('makes a plain "name" beside it a person’s', () => {
    const western = column('Name', 'text', { texts: ['Jane Doe', 'John Smith', 'Ann O’Neil'] })
    expect(proposed([western])).toEqual({})
    expect(proposed([western, column('mobile', 'text', { texts: phones })])).toEqual({
      Name: 'name',
      mobile: 'phone',
    })
  })
})

describe('meanings by values alone', () => {
  const words = Array.from({ length: 20 }, (_, i) => `店员很热情，第${i}次来了，会再来的。`)
  const said = column('Q9', 'text', { texts: words, distinct: 900 })
  const marks = { min: '1', max: '5', distinct: 5 }

  it('are comments where sentences stand, and marks beside them', () => {
    const survey = [column('Q1', 'integer', marks), column('Q2', 'integer', { ...marks, max: '10', distinct: 10 }), said] // prettier-ignore
    expect(proposed(survey)).toEqual({ Q1: 'score', Q2: 'score', Q9: 'comment' })
  })

  it('are no marks without comments, in lines of sales, or beyond a scale', () => {
    expect(proposed([column('Q1', 'integer', marks)])).toEqual({})
    const lines = [column('数量', 'integer', marks), column('楼层', 'integer', marks), said]
    expect(proposed(lines)).toEqual({ 数量: 'quantity', Q9: 'comment' })
    const ages = [column('年限', 'integer', { min: '0', max: '30', distinct: 31 }), said]
    expect(proposed(ages)).toEqual({ Q9: 'comment' })
  })

  it('are no comments for names of products and addresses', () => {
    const names = Array.from({ length: 20 }, (_, i) => `可口可乐汽水 330ml×${i}罐 礼盒装`)
    expect(proposed([column('描述', 'text', { texts: names, distinct: 900 })])).toEqual({})
  })
})

describe('meanings by values', () => {
  const member = column('会员号', 'text')
  const balance = { min: '0', max: '12800' }

  it('points are whole numbers beside a member, called so in any place of the name', () => {
    for (const name of ['期末积分结存', '本月赠分', 'pts_balance', 'bonusPointsLeft', '会员总分'])
      expect(proposed([member, column(name, 'integer', balance)])).toMatchObject({
        [name]: 'points',
      })
  })

  it('points are not proposed without a member, for a scale, for other parts, or where several fit', () => {
    const only = { 会员号: 'customer' }
    expect(proposed([column('本月赠分', 'integer', balance)])).toEqual({})
    expect(proposed([member, column('本月赠分', 'integer', { min: '0', max: '5' })])).toEqual(only)
    expect(proposed([member, column('本月赠分', 'integer')])).toEqual(only)
    expect(proposed([member, column('分钟数', 'integer', balance)])).toEqual(only)
    expect(proposed([member, column('百分点', 'integer', balance)])).toEqual(only)
    const two = ['本月赠分', '本月扣分'].map((name) => column(name, 'integer', balance))
    expect(proposed([member, ...two])).toEqual(only)
  })

  it('campaigns are few texts most of which are called as campaigns are', () => {
    const texts = ['双11大促', '618', '会员日', '满200减30', '无']
    const more = { texts, distinct: texts.length }
    expect(proposed([column('优惠来源', 'text', more)])).toEqual({ 优惠来源: 'campaign' })
    const english = { texts: ['Spring Sale', 'Black Friday', 'VIP promo'], distinct: 3 }
    expect(proposed([column('source', 'text', english)])).toEqual({ source: 'campaign' })
  })

  it('campaigns are not proposed for names of other things, many texts, or a few such words', () => {
    const texts = ['双11大促', '618', '会员日']
    expect(proposed([column('备注', 'text', { texts, distinct: 3 })])).toEqual({})
    expect(proposed([column('来源', 'text', { texts, distinct: 3 })], 5)).toEqual({})
    expect(proposed([column('来源', 'text', { texts, distinct: 400 })])).toEqual({})
    const mixed = { texts: ['微信', '抖音', '618'], distinct: 3 }
    expect(proposed([column('来源', 'text', mixed)])).toEqual({})
    const codes = { texts: ['A618B', '26180', '16185'], distinct: 3 }
    expect(proposed([column('来源', 'text', codes)])).toEqual({})
  })
})

describe('social accounts', () => {
  it('are personal where values are accounts, and openid names a customer', () => {
    const accounts = [
      'wx_lina88',
      'zhang-san',
      'o6_bmjrPTlm6_2sgVt7hMZOPfL2M',
      'a1234567',
      'wxid_9z2k',
    ]
    const texts = (name: string, values = accounts) => column(name, 'text', { texts: values })
    const names = [
      '微信',
      '微信号',
      'WeChat ID',
      'unionId',
      'openid',
      'wx_openid',
      'QQ号',
      '抖音号',
    ]
    const found = proposed(names.map((name) => texts(name)))
    expect(found).toEqual({
      微信: 'account', 微信号: 'account', 'WeChat ID': 'account', unionId: 'account', openid: 'customer/account',
      wx_openid: 'account', QQ号: 'account', 抖音号: 'account',
    }) // prettier-ignore
    expect(proposed([texts('微信', ['是', '否']), texts('微信支付'), texts('line no')])).toEqual({})
    expect(proposed([texts('微信昵称', ['小鱼儿', '阿May'])])).toEqual({ 微信昵称: 'name' })
    expect(['openid', 'open_id', 'unionid', 'wxid', '微信号'].filter(namesIdentifier)).toHaveLength(
      5,
    )
    expect(['微信支付', 'paid'].filter(namesIdentifier)).toEqual([])
  })
})
