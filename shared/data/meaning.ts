import { z } from 'zod'

/** What a column stands for in a shop's business: "role" already says how it is used (see FieldRole). */
export const meanings = [
  'customer',
  'order',
  'time',
  'amount',
  'quantity',
  'cost',
  'product',
  'shop',
  'channel',
  'points',
  'campaign',
  'score',
  'comment',
] as const
export const Meaning = z.enum(meanings)
export type Meaning = z.infer<typeof Meaning>

interface NamePatterns {
  /** Sure words first: a name that fits an earlier pattern is preferred to one that fits a later. */
  readonly words: readonly RegExp[]
  /** Names that hold such a word and are something else. */
  readonly not?: RegExp
}

/** Chinese names as they are written, English ones as their words with one space between. Times are told by their type. */
const names: Readonly<Record<Exclude<Meaning, 'time'>, NamePatterns>> = {
  customer: {
    words: [
      /^(会员|顾客|客户|用户|买家)(编?号|编码|卡号|账号|帐号|id|代码)$|^会员卡号?$/,
      /^(customer|member|client|user|buyer|shopper|loyalty card)( (id|no|nr|number|code|key|card))+$/,
      /^(会员|顾客|客户|用户|买家|openid|unionid)$|^(customer|member|client|buyer)$/,
      /(会员|顾客|客户)(编?号|编码|卡号|id)$/,
    ],
  },
  order: {
    words: [
      /(小票|订单|交易|单据|销售单|票据)(编?号|编码|号码|id)$|^(小票|单号)$/,
      /^(receipt|order|invoice|transaction|ticket|bill|sales order)( (id|no|nr|number|code|key))+$/,
      /^(receipt|order|invoice)$|^订单$/,
      /^流水号$/,
    ],
    not: /快递|运单|物流|退|补/,
  },
  amount: {
    words: [
      /^(销售|实付|实收|成交|订单|应付|应收|付款|支付|消费)?金额$|^(销售|营业|成交|消费|交易)额$|^总额$|^实付$|^实收$|^流水$/,
      /^(net |gross |total |order |sales |line |paid )?(amount|amt|sales|revenue|turnover)$|^gmv$|^(total|grand total|line total|sales value|total (price|paid))$/,
      /(销售|实付|实收|成交|支付|消费)金额|销售额|营业额|成交额/,
      /\b(sales|order|total|net|paid) (amount|value|revenue)\b/,
    ],
    not: /目标|预算|折扣|优惠|退|成本|积分|税|运费|target|budget|discount|refund|cost|tax|fee|平均|均|average/,
  },
  quantity: {
    words: [
      /^(销售|购买|商品)?(数量|件数)$|^销量$/,
      /^(qty|quantity|units?|pieces|pcs)( (sold|ordered))?$|^(order|sales|sold) (qty|quantity|units)$/,
      /数量$|\b(qty|quantity)$/,
    ],
    not: /库存|人数|目标|退|stock|inventory|on hand|target|return/,
  },
  cost: {
    words: [
      /^成本(价|额|金额|单价)?$|^(进货?|采购)(价|成本|金额)$|^(销售|商品)成本$/,
      /^(unit |purchase |total )?cost( (price|amount))?$|^cogs$|^purchase price$/,
    ],
  },
  product: {
    words: [
      /^(商品|产品|物料|货品)(编?号|编码|代码|id)$|^货号$|^款号$|^sku( (id|no|code))?$|^sku编?[号码]$/,
      /^(product|item|article|goods|material)( (id|no|nr|number|code|key|sku))+$|^stock code$/,
      /^(商品|产品|品名|货品)$|^(product|item|article)$/,
      /^(商品|产品|货品)名称?$|^(product|item|article) (name|title|description)$/,
    ],
  },
  shop: {
    words: [
      /^(门店|店铺|商店|网点|分店|店)(编?号|编码|代码|id)$/,
      /^(store|shop|branch|outlet)( (id|no|nr|number|code|key))+$/,
      /^(门店|店铺|商店|网点|分店)$|^(store|shop|branch|outlet)$/,
      /^(门店|店铺|商店)名称?$|^店名$|^(store|shop|branch|outlet) name$/,
      /(门店|店铺)(编?号|编码)?$/,
    ],
  },
  channel: {
    words: [
      /^(销售|订单|购买|成交)?渠道$|^(sales |order )?channel( (name|code|id))?$/,
      /渠道(名称|编码)?$|\bchannel$/,
    ],
  },
  points: {
    words: [
      /^(会员)?积分$|^(本次|变动|消费)积分$|^积分(变动|值|数)$|^(loyalty |bonus |reward )?points?$/,
      /^(points?|loyalty points?) (earned|change|amount|balance)$|^积分余额$|^(当前|可用|剩余)积分$/,
    ],
  },
  campaign: {
    words: [
      /^(营销|促销)?活动(编?号|编码|代码|id)$|^campaign( (id|no|nr|code|key))+$/,
      /^(营销|促销)?活动$|^(campaign|promotion|promo)$|^promotion( (id|no|code))+$/,
      /^(营销|促销)?活动名称?$|^(campaign|promotion) name$/,
    ],
  },
  score: {
    words: [
      /评分|打分|得分|满意度|推荐意愿|推荐度|推荐指数|星级评价|^分数$/,
      /\bnps\b|\bratings?$|\bscores?$|\bsatisfaction\b|\bcsat\b|\blikelihood to recommend\b/,
    ],
    not: /人数|次数|日期|时间|等级|credit|rfm|date|time|count/,
  },
  comment: {
    words: [
      /意见|建议|评论|评语|留言|^(用户|顾客|会员|客户)?(评价|反馈)(内容)?$|反馈内容|评价内容/,
      /\b(comments?|reviews?|feedback|suggestions?|remarks? text)( text)?$/,
    ],
    not: /数$|次数|日期|时间|编?号$|编码|评分|是否|count|date|time|\bid$|score|rating/,
  },
}

/** Meanings the name of a column may have, with how sure it says so: 0 is surest. */
export function meaningsOfName(
  name: string,
): { readonly meaning: Meaning; readonly rank: number }[] {
  const plain = plainName(name)
  return meanings.flatMap((meaning) => {
    if (meaning === 'time') return []
    const { words, not } = names[meaning]
    if (not?.test(plain) === true) return []
    const rank = words.findIndex((pattern) => pattern.test(plain))
    return rank < 0 ? [] : [{ meaning, rank }]
  })
}

/** `orderNo` and `ORDER_NO` are "order no"; full-width letters are narrow ones; a unit in brackets is left out. */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s*[([（【].*$/, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[\s_\-./]+/g, ' ')
    .replaceAll(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim()
}
