/** Names that say what a column is: a number that names something is text, whatever it is made of. */

const chineseIdentifier =
  /(号|号码|编码|代码|编号|条码|条形码|单据|卡号|邮编|手机|电话|联系方式|身份证|货号|款号|账号|帐号)$|手机|电话|条形?码|身份证|会员号|小票/
const lastWords = new Set([
  'id', 'no', 'nr', 'num', 'code', 'ean', 'upc', 'gtin', 'sku', 'barcode', 'phone', 'mobile', 'tel',
  'telephone', 'zip', 'zipcode', 'postcode', 'receipt', 'isbn', 'uuid', 'guid', 'imei', 'cellphone',
]) // prettier-ignore
const numbered = new Set(['number', 'ref', 'reference', 'key'])
const quantityWords = /数量|件数|人数|次数|笔数|金额|单价|价格/

export const namesQuantity = (name: string): boolean =>
  quantityWords.test(name) ||
  wordsOf(name).some((word) =>
    ['quantity', 'qty', 'amount', 'price', 'total', 'count'].includes(word),
  )

const weights =
  /重量|净重|毛重|皮重|体积|容量|长度|公斤|千克|公升|\b(?:kg|kilos?|weight|volume|gewicht|poids|peso|litres?|liters?)\b/i
/** Of such a kind there may be thousandths. */
export const namesWeight = (name: string): boolean => weights.test(name)

const measures =
  /额|价|费|率|比|成本|利|折扣|税|量|均|数$|度$|温|坪|效|面积|体重|身高|时长|小时|经度|纬度|[积评得]分|万元|[(（]元|[实应已][收付]|[收付货]款|收入|支出|金$|[%％]/
const measureWords = new Set([
  'quantity', 'qty', 'amount', 'price', 'total', 'count', 'sum', 'cost', 'rate', 'ratio', 'share', 'percent', 'discount', 'tax',
  'sales', 'revenue', 'profit', 'margin', 'fee', 'value', 'avg', 'average', 'score', 'balance', 'turnover', 'weight', 'volume',
  'temperature', 'latitude', 'longitude', 'lat', 'lon', 'lng', 'area', 'index', 'factor', 'hours', 'duration', 'height', 'length', 'width',
]) // prettier-ignore
/** Decimals under such a name are amounts, however they are written. */
export const namesMeasure = (name: string): boolean =>
  !namesIdentifier(name) &&
  (measures.test(name) || namesWeight(name) || wordsOf(name).some((word) => measureWords.has(word)))

/** `会员号`, `phone`, `order_id`, `receiptNo`, `EAN`; not `数量`, `Number`, `paid`. */
export function namesIdentifier(name: string): boolean {
  if (quantityWords.test(name)) return false
  if (chineseIdentifier.test(name.trim())) return true
  const words = wordsOf(name)
  const last = words.at(-1)
  if (last === undefined) return false
  return lastWords.has(last) || (words.length > 1 && numbered.has(last))
}

/** `销售日期`, `orderDate`, `created_at`. */
export function namesDate(name: string): boolean {
  if (/日期|时间|日$|生日/.test(name)) return true
  const words = wordsOf(name)
  return words.some((word) => ['date', 'day', 'time', 'datetime', 'birthday', 'at'].includes(word))
}

const monthNames = /月份|年月|账期|会计期间|^(?:月|月度|期间|统计期间?)$/
const monthWords = new Set(['month', 'period', 'yyyymm', 'yearmonth', 'ym'])
const numberedBatches = /批次|批号|期次|期号|版本|\b(?:batch|lot|version|issue)\b/i

/** `月份`, `账期`, `sales_month`: whole numbers such as 202403 are months under such a name. */
export function namesMonth(name: string): boolean {
  return monthNames.test(name.trim()) || wordsOf(name).some((word) => monthWords.has(word))
}

/** Values such as 2025-01 under such a name number things. */
export const namesBatches = (name: string): boolean =>
  numberedBatches.test(name) || namesIdentifier(name)

const groupNames =
  /^(年|年份|年度|年月|月|月份|季度|星期|周|周次|小时|年龄段|门店|店铺|分店|网点|商品|品类|大类|中类|小类|品牌|供应商|收银台|收银员|营业员|店员|导购|员工|楼层)$/
const groupWords = new Set([
  'year', 'month', 'quarter', 'week', 'weekday', 'hour',
  'store', 'shop', 'outlet', 'branch', 'product', 'category', 'brand', 'supplier', 'cashier', 'employee', 'till', 'floor',
]) // prettier-ignore

/** Whole numbers under such a name are parts of a calendar or stand for shops and the like: grouped by, never added up. */
export function namesGroups(name: string): boolean {
  const words = wordsOf(name)
  return groupNames.test(name.trim()) || (words.length === 1 && groupWords.has(words[0] ?? ''))
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
}
