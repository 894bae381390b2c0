export type Mood = 'good' | 'fair' | 'bad'

export const CHINESE_COMMENTS: Readonly<Record<Mood, readonly string[]>> = {
  good: [
    '店员很热情，讲解也耐心，下次还来。',
    '商品齐全，价格比网上还便宜一点。',
    '小程序下单半小时就送到了，包装很仔细。',
    '环境干净，陈列清楚，一下子就找到了要买的东西。',
    '会员日折扣很实在，积分还能换洗衣液。',
    '面膜用着不错，已经回购第三次了！',
    '给孩子买的积木，他说是"最喜欢的礼物"。',
    '退换货很方便，没有推三阻四。',
    '坚果很新鲜，过年送人有面子。',
    '挺好的',
    '新店离家近，晚上散步就能逛一圈。',
    '收银速度快，周末人多也没怎么排队。',
  ],
  fair: [
    '还可以吧，就是活动规则有点复杂。',
    '东西不错，但常买的那款经常缺货。',
    '价格一般，希望多一些优惠券。',
    '周末人太多，试用装都找不到。',
    '积分兑换的礼品选择太少了。',
    '一般',
    '店里空调太冷，其他都还行。',
    '线上和门店价格不一样，有点疑惑。',
  ],
  bad: [
    '排队二十多分钟，只开了一个收银台。',
    '买回去发现快过期了，很失望。',
    '店员态度冷淡，问了三遍才理我。',
    '优惠券到了收银台说不能用，"仅限线上"，没写清楚！',
    '退货要跑两趟，还要打电话找店长，太麻烦。',
    '积分莫名其妙清零了，客服也说不清楚。',
    '送货晚了两天，牛奶都漏了。',
    '货架空了一半，感觉店快关门了。',
    '涨价太多，以后不来了。',
    '面膜味道刺鼻，质量不如以前。',
  ],
}

export const ENGLISH_COMMENTS: Readonly<Record<Mood, readonly string[]>> = {
  good: [
    'Friendly staff, they even called another branch to find my size.',
    'Great selection of snacks, and the mini program is easy to use.',
    'Clean store, quick checkout. Will come again!',
    'My daughter loves the "panda" plush toy, thank you.',
    'Good prices on member day.',
  ],
  fair: [
    'Okay overall, but the labels are hard to read.',
    'Nice products; the one I want is often out of stock.',
    'Coupons are confusing, please make the rules simpler.',
  ],
  bad: [
    'Waited 20 minutes to pay, only one till was open.',
    'The milk was close to its expiry date, not happy.',
    'Coupon refused at the counter, "online only" was never mentioned.',
    'Return took two visits and a phone call.',
  ],
}
