/** One article on a receipt. Money is in fen; amount = quantity × price − discount, always. */
export interface SaleLine {
  readonly product: number
  readonly quantity: number
  readonly price: number
  readonly discount: number
  readonly amount: number
  readonly promotion: string
}

export interface Receipt {
  /** Shop, date and number: sixteen digits. */
  no: string
  readonly day: number
  /** Wall-clock milliseconds. */
  readonly time: number
  readonly shop: number
  readonly member: number
  readonly channel: string
  readonly payment: string
  readonly cashier: string
  readonly lines: readonly SaleLine[]
  readonly isReturn: boolean
}

export function saleLine(
  product: number,
  quantity: number,
  price: number,
  discount: number,
  promotion: string,
): SaleLine {
  return { product, quantity, price, discount, amount: quantity * price - discount, promotion }
}

export function receiptAmount(receipt: Receipt): number {
  return receipt.lines.reduce((sum, line) => sum + line.amount, 0)
}
