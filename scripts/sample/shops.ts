import { dayOf } from './calendar/days.ts'
import { growingBusyness } from './calendar/festivals.ts'

export interface Shop {
  /** Three digits with leading zeros. */
  readonly code: string
  readonly name: string
  readonly region: string
  readonly province: string
  readonly city: string
  readonly openDay: number
  /** Square metres. */
  readonly area: number
  readonly format: string
  readonly manager: string
  /** Customers drawn, against an average shop. */
  readonly size: number
}

export interface Region {
  readonly name: string
  /** Share added (or lost) per year. */
  readonly growth: number
  readonly busyness: Float64Array
}

function region(name: string, growth: number): Region {
  return { name, growth, busyness: growingBusyness(growth) }
}

/** The north-east loses more than a quarter of its trade each year: the region in decline. */
export const REGIONS: readonly Region[] = [
  region('华东', 0.07),
  region('华南', 0.05),
  region('华北', 0.02),
  region('西南', 0.16),
  region('东北', -0.28),
]

type ShopLine = readonly [
  region: string,
  province: string,
  city: string,
  name: string,
  open: string,
  area: number,
  manager: string,
]

const LINES: readonly ShopLine[] = [
  ['华东', '上海市', '上海', '徐家汇店', '2016-05-20', 860, '沈嘉敏'],
  ['华东', '上海市', '上海', '五角场店', '2018-09-15', 640, '顾文斌'],
  ['华东', '浙江省', '杭州', '湖滨路店', '2017-04-28', 720.5, '俞佳宁'],
  ['华东', '浙江省', '杭州', '文一西路店', '2021-06-18', 410, '陈一帆'],
  ['华东', '江苏省', '南京', '新街口店', '2017-09-30', 780, '陆晓东'],
  ['华东', '江苏省', '苏州', '观前街店', '2019-01-12', 520, '钱雨桐'],
  ['华东', '浙江省', '宁波', '开明街店', '2019-11-08', 480, '徐海波'],
  ['华东', '江苏省', '无锡', '人民中路店', '2023-09-16', 360, '蒋梦洁'],
  ['华南', '广东省', '广州', '天河路店', '2016-10-01', 820, '梁志强'],
  ['华南', '广东省', '广州', '北京路店', '2018-12-22', 560, '黄婉仪'],
  ['华南', '广东省', '深圳', '南山大道店', '2017-07-07', 750, '林俊豪'],
  ['华南', '广东省', '佛山', '祖庙店', '2020-08-28', 390, '何淑芬'],
  ['华南', '福建省', '厦门', '中山路店', '2019-05-01', 460.8, '郑子轩'],
  ['华北', '北京市', '北京', '西单店', '2016-12-24', 880, '赵国栋'],
  ['华北', '北京市', '北京', '望京店', '2020-10-17', 430, '孙悦'],
  ['华北', '天津市', '天津', '滨江道店', '2018-04-29', 540, '马建军'],
  ['华北', '河北省', '石家庄', '中山东路店', '2019-09-12', 420, '刘思雨'],
  ['西南', '四川省', '成都', '春熙路店', '2017-05-01', 790, '唐晓婷'],
  ['西南', '四川省', '成都', '高新区店', '2021-01-23', 450, '罗俊杰'],
  ['西南', '重庆市', '重庆', '解放碑店', '2018-06-16', 680, '谭雪梅'],
  ['西南', '云南省', '昆明', '南屏街店', '2024-04-20', 380, '杨丽娟'],
  ['东北', '辽宁省', '沈阳', '中街店', '2017-08-18', 620, '王大伟'],
  ['东北', '辽宁省', '大连', '青泥洼桥店', '2018-10-01', 500, '宋丽华'],
  ['东北', '黑龙江省', '哈尔滨', '中央大街店', '2019-12-21', 470, '于洪涛'],
]

function shopFormat(area: number): string {
  if (area >= 700) return '旗舰店'
  return area >= 450 ? '标准店' : '社区店'
}

export const SHOPS: readonly Shop[] = LINES.map((line, i) => {
  const [regionName, province, city, name, open, area, manager] = line
  return {
    code: String(i + 1).padStart(3, '0'),
    name: city + name,
    region: regionName,
    province,
    city,
    openDay: dayOf(open),
    area,
    format: shopFormat(area),
    manager,
    size: (area / 560) ** 0.8,
  }
})

export const SHOP_REGION: readonly Region[] = SHOPS.map((shop) => {
  const found = REGIONS.find((one) => one.name === shop.region)
  if (found === undefined) throw new RangeError(`no region ${shop.region}`)
  return found
})

export function shopAt(index: number): Shop {
  const shop = SHOPS[index]
  if (shop === undefined) throw new RangeError(`no shop ${index}`)
  return shop
}
