import type { Random } from './rng.ts'

/** The commoner a family name, the oftener it stands here. */
const FAMILY = [
  ...Array.from(
    '王李张刘陈王李张刘陈王李张刘陈杨赵黄周吴杨赵黄周吴徐孙胡朱高林何郭马罗徐孙胡朱高林何郭马罗',
  ),
  ...Array.from(
    '梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文',
  ),
  '欧阳',
  '上官',
  '司马',
  '诸葛',
]
const WOMEN = [
  ...Array.from(
    '芳娜敏静丽艳娟霞秀燕婷雪慧莹洁琳玲倩萍红佳欣怡雯颖瑶璐妍蕾薇思雨梦晨可心诗涵语桐子萱一诺若曦',
  ),
]
const MEN = [
  ...Array.from(
    '伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆俊哲子轩浩然宇航博文天佑志远建国文博嘉豪明轩一鸣',
  ),
]

export type Gender = '女' | '男'

export function personName(random: Random, gender: Gender): string {
  const given = gender === '女' ? WOMEN : MEN
  const first = random.pick(given)
  return random.pick(FAMILY) + first + (random.chance(0.72) ? random.pick(given) : '')
}

const PREFIXES =
  '130 131 135 136 137 138 139 150 151 152 156 158 159 166 176 177 180 182 186 187 188 189 198 199'

/** Eleven digits of a mobile number; any likeness to one in use is chance. */
export function mobile(random: Random): string {
  return random.pick(PREFIXES.split(' ')) + String(random.below(100_000_000)).padStart(8, '0')
}

/** The number as somebody typed it at the till. */
export function typedMobile(random: Random, digits: string): string {
  const style = random.next()
  const [a, b, c] = [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)]
  if (style < 0.8) return digits
  if (style < 0.85) return `${a} ${b} ${c}`
  if (style < 0.9) return `${a}-${b}-${c}`
  if (style < 0.94) return `+86 ${a}${b}${c}`
  if (style < 0.965) return `86-${digits}`
  if (style < 0.985) return fullWidth(digits)
  return style < 0.993 ? ` ${digits} ` : digits.slice(0, 10)
}

function fullWidth(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
}
