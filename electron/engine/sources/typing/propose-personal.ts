/** Proposes which columns say something about a person, from their names and values. */
import { isTemporal } from '../../../../shared/data/field.ts'
import type { PersonalKind } from '../../../../shared/data/personal.ts'
import {
  isEmail,
  isIdNumber,
  isMobile,
  isPhone,
  sameValue,
} from '../../../../shared/data/personal.ts'
import type { ColumnEvidence } from './propose-meanings.ts'

/** So many values of a column whose name says it must agree; dirt is in every list. */
const leastNamed = 0.5
/** A column whose name says nothing is personal only when nearly all of its values are, and there are some. */
const leastUnnamed = 0.9
const fewest = 5

/** One entry a column, null for none. */
export function proposePersonal(columns: readonly ColumnEvidence[]): (PersonalKind | null)[] {
  const found = columns.map(kindOf)
  // "Name" beside a phone or a birthday is a person's, in any language.
  const people = found.some((kind) => kind !== null)
  return found.map((kind, index) => {
    const column = columns[index]
    const plain = kind === null && people && column !== undefined && /^(name|名称|名字)$/i.test(column.name.trim()) // prettier-ignore
    return plain && share(column, isWesternName) >= leastUnnamed ? 'name' : kind
  })
}

function kindOf(column: ColumnEvidence): PersonalKind | null {
  const name = column.name.normalize('NFKC').replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replaceAll(/[\s_-]+/g, ' ').trim() // prettier-ignore
  if (isTemporal(column.type)) return birthdays.test(name) ? 'birthday' : null
  if (column.type === 'integer') return numberKind(column, name)
  if (column.type !== 'text') return null
  for (const { kind, words, not, agrees, withoutTexts } of byName) {
    if (!words.test(name) || not?.test(name) === true) continue
    if (column.texts.length === 0 ? withoutTexts : share(column, agrees) >= leastNamed) return kind
  }
  if (column.texts.length < fewest) return null
  return byValue.find(({ agrees }) => share(column, agrees) >= leastUnnamed)?.kind ?? null
}

/** A list of phones kept as numbers: eleven digits from 130… to 199…; QQ numbers by their name. */
function numberKind({ min, max }: ColumnEvidence, name: string): PersonalKind | null {
  if (accounts.test(name)) return 'account'
  return min !== null && max !== null && isMobile(min) && isMobile(max) ? 'phone' : null
}

const birthdays =
  /生日|出生(日期|年月|时间)|^(birthday|birth ?date|date of birth|dob|born)$|\bbirthday\b/

/** Not the channel, nor what was paid with it. */
const accounts =
  /(?<![a-z])(open|union) ?id$|^(微信|qq)(账|帐)?号?$|^(支付宝|抖音|小红书|微博)(账|帐)?号$|^(we ?chat|weixin|wxid)$|^(we ?chat|weixin|wx|qq|alipay|douyin) ?(id|no|number|account)$/

const byName: readonly {
  readonly kind: PersonalKind
  readonly words: RegExp
  readonly not?: RegExp
  readonly agrees: (text: string) => boolean
  /** The name alone is enough where no value was kept. */
  readonly withoutTexts: boolean
}[] = [
  {
    kind: 'idNumber',
    words: /身份证|证件号|^(id card|identity|national id|passport)( (no|number))?$/,
    agrees: (text) => isIdNumber(text) || /^(?=.*\d)[a-z\d]{6,18}$/i.test(text.trim()),
    withoutTexts: true,
  },
  {
    kind: 'email',
    words: /邮箱|电子邮件|\be ?mails?\b/,
    agrees: isEmail,
    withoutTexts: true,
  },
  {
    kind: 'account',
    words: accounts,
    // Whether somebody has one names nobody.
    agrees: (text) => /^[\w@.+-]{4,}$/.test(text.trim()),
    withoutTexts: false,
  },
  {
    kind: 'phone',
    words: /手机|电话|联系方式|\b(phone|mobile|tel|telephone|cellphone|whatsapp)\b/,
    not: /门店|店铺|公司|品牌|型号|机型|系统|store|shop|company|brand|model|type|os\b/,
    agrees: (text) => isPhone(text) || /^\+?[\d\s()-]{7,}$/.test(text.normalize('NFKC').trim()),
    withoutTexts: true,
  },
  {
    kind: 'birthday',
    words: birthdays,
    agrees: (text) => /\d/.test(text),
    withoutTexts: true,
  },
  {
    kind: 'address',
    words: /地址|住址|\b(address|street)\b/,
    not: /门店|店铺|公司|邮件|邮箱|网址|\b(store|shop|company|ip|mac|web|e ?mail)\b/,
    agrees: (text) => /[省市区县镇村路街道巷弄号室]|\d/.test(text) && text.length >= 4,
    withoutTexts: true,
  },
  {
    kind: 'name',
    words:
      /姓名|^(收货人|收件人|联系人|买家)$|^(full|first|last|given|family|customer|member|contact|client) ?name$|^surname$/,
    agrees: (text) => isChineseName(text) || isWesternName(text),
    withoutTexts: true,
  },
  {
    kind: 'name',
    words:
      /^(微信|买家|会员|顾客|客户|用户|qq)?(昵称|网名)$|^微信名$|^(we ?chat )?nick ?name$|^screen name$/,
    agrees: (text) => text.trim() !== '',
    withoutTexts: true,
  },
  {
    kind: 'name',
    words:
      /^(店长|店经理|经理|导购员?|收银员|营业员|店员|操作员|业务员|员工|顾问|负责人|名字|name|会员|客户|顾客|cashier|manager|clerk|staff|sales ?person|seller|operator|contact)$/,
    agrees: isChineseName,
    withoutTexts: false,
  },
]

const byValue: readonly {
  readonly kind: PersonalKind
  readonly agrees: (text: string) => boolean
}[] = [
  { kind: 'phone', agrees: (text) => isPhone(text) && isMobile(sameValue('phone', text)) },
  { kind: 'idNumber', agrees: isIdNumber },
  { kind: 'email', agrees: isEmail },
]

function share({ texts }: ColumnEvidence, agrees: (text: string) => boolean): number {
  return texts.filter(agrees).length / Math.max(1, texts.length)
}

/** Family names that most Chinese bear; a given name of one or two signs follows. */
const families = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤康易乔赖文温常樊葛俞兰章施牛季欧鲁倪殷童洪柯甘裴翟包娄左屈柳庄耿焦祝应梅涂齐庞阮纪涂关管盛霍柴詹岳聂成安宁辛卓邢费申路华房车凌池项游柏骆宫舒凤米伍瞿漕',
)
const doubles = /^(欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|南宫|端木|长孙)/

export function isChineseName(value: string): boolean {
  const text = value.normalize('NFKC').replaceAll(/\s+/g, '')
  if (!/^\p{Script=Han}{2,4}$/u.test(text)) return false
  return doubles.test(text) ? text.length >= 3 : text.length <= 3 && families.has(text[0] ?? '')
}

function isWesternName(value: string): boolean {
  return (
    /^\p{Lu}[\p{L}'’.-]*(?:[ ,]+\p{Lu}[\p{L}'’.-]*){0,3}$/u.test(value.trim()) && !/\d/.test(value)
  )
}
