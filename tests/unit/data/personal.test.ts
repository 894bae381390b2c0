import { describe, expect, it } from 'vitest'
import {
  isEmail,
  isIdNumber,
  isPhone,
  maskText,
  maskValue,
  sameValue,
} from '../../../shared/data/personal.ts'

/** The last sign by ISO 7064 MOD 11-2, worked out anew: the whole number is 1 modulo 11. */
function withCheck(first17: string): string {
  const sum = Array.from(first17).reduce((rest, digit) => ((rest + Number(digit)) * 2) % 11, 0)
  const check = (12 - sum) % 11
  return first17 + (check === 10 ? 'X' : String(check))
}

describe('masks', () => {
  it.each([
    ['13812345678', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['86-13812345678', '138****5678'],
    ['１３８１２３４５６７８', '138****5678'],
    ['021-62345678', '****5678'],
    ['+44 20 7946 0958', '****0958'],
    ['110', '***'],
    ['', '***'],
  ])('a phone %j is %s', (phone, mask) => {
    expect(maskValue('phone', phone)).toBe(mask)
  })

  it.each([
    [' 王伟', '王**'],
    ['欧阳娜娜', '欧**'],
    ['Jane Doe', 'J***'],
    ['𠮷田', '𠮷**'],
  ])('a name %j is %s', (name, mask) => {
    expect(maskValue('name', name)).toBe(mask)
  })

  it.each([
    ['浙江省杭州市西湖区文三路100号3幢201', '浙江省杭州市***'],
    ['上海市浦东新区世纪大道1号', '上海市***'],
    ['杭州市西湖区文三路100号', '杭州市***'],
    ['幸福路菜市场旁12号', '***'],
    ['12 High Street, Leeds', '***'],
  ])('an address %j is %s', (address, mask) => {
    expect(maskValue('address', address)).toBe(mask)
  })

  it('of an identity number only the province stays, of an e-mail the first letter and the domain', () => {
    expect(maskValue('idNumber', withCheck('31010419900517123'))).toBe('31****')
    expect(maskValue('idNumber', 'G12345678')).toBe('***')
    expect(maskValue('email', 'wang.wei@example.com')).toBe('w***@example.com')
    expect(maskValue('email', '@home')).toBe('***')
  })

  it('of a birthday the year stays, however it is written', () => {
    const written = ['1990-05-17', '1990/5/17', '1990年5月17日', '19900517', '17.05.1990']
    expect(written.map((day) => maskValue('birthday', day))).toEqual(written.map(() => '1990'))
    expect(maskValue('birthday', '5月17日')).toBe('***')
  })
})

describe('telling personal values', () => {
  it('an identity number has a possible birthday and the right check digit', () => {
    const right = withCheck('11010519491231002')
    expect(isIdNumber(right)).toBe(true)
    const others = '0123456789X'.replace(right[17]!, '')
    for (const wrong of others) expect(isIdNumber(right.slice(0, 17) + wrong)).toBe(false)
    expect(isIdNumber(withCheck('11010519491331002'))).toBe(false)
  })

  it('phones and e-mails are told from numbers and words', () => {
    expect(['13812345678', '+86 138 1234 5678', '021-62345678'].map(isPhone)).toEqual([true, true, true]) // prettier-ignore
    expect(['12345678901', '00010007', '6901234567890', 'P-100'].map(isPhone)).toEqual([false, false, false, false]) // prettier-ignore
    expect(['a@b.cn', 'a@b', 'at@ home.cn'].map(isEmail)).toEqual([true, false, false])
  })

  it('one person written in two ways is the same value', () => {
    expect(sameValue('phone', '+86 138-1234-5678')).toBe(sameValue('phone', '13812345678'))
    expect(sameValue('name', ' 王 伟')).toBe('王伟')
    expect(sameValue('email', 'A@B.cn')).toBe('a@b.cn')
  })
})

describe('running text', () => {
  it('has its phones, identity numbers and e-mails masked and is otherwise untouched', () => {
    const id = withCheck('31010419900517123')
    expect(maskText(`回访 13812345678、+86 139 0000 1111，证件 ${id}，a.b@c.com`)).toBe(
      '回访 138****5678、139****1111，证件 31****，a***@c.com',
    )
    const plain = '第３季度 2024 销售额 1,234,567.89 元（订单 20240305000123）'
    expect(maskText(plain)).toBe(plain)
  })
})
