import { Button } from 'antd'

interface OfferButtonsProps {
  readonly label: string
  readonly offers: readonly {
    readonly key: string
    readonly label: string
    readonly run: () => void
  }[]
}

/** Ways out of a state in which nothing can be shown, the first of them the best. */
export function OfferButtons({ label, offers }: OfferButtonsProps) {
  if (offers.length === 0) return null
  return (
    <div className="offer-buttons" role="group" aria-label={label}>
      {offers.map((offer, index) => (
        <Button
          key={offer.key}
          size="small"
          type={index === 0 ? 'primary' : 'default'}
          onClick={offer.run}
        >
          {offer.label}
        </Button>
      ))}
    </div>
  )
}
