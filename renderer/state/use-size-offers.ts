import type { Block } from '../../shared/report/blocks/block.ts'
import type { EdgeSizes, SizeOffer } from '../../shared/report/size-offers.ts'
import { sizeOffers } from '../../shared/report/size-offers.ts'
import type { Text } from '../../shared/text/messages.ts'
import { useApp, useReport, useSession } from './app-context.ts'
import { tryCommand } from './board-actions.ts'

export interface OfferEntry {
  readonly key: string
  readonly label: string
  readonly run: () => void
}

/** Ways to a smaller answer, for whoever designs the report; a reader is offered none. */
export function useSizeOffers(block: Block, sizes: EdgeSizes | null, text: Text): OfferEntry[] {
  const app = useApp()
  const report = useReport()
  const presenting = useSession((session) => session.presenting)
  const designing = app.shell.store.getState().route === 'designer'
  if (!sizes || presenting || !designing) return []
  return sizeOffers(report, block, sizes).map((offer) => ({
    key: offer.kind,
    label: labelOf(offer, text),
    run: () => void tryCommand(app, offer.command),
  }))
}

function labelOf(offer: SizeOffer, text: Text): string {
  switch (offer.kind) {
    case 'top':
      return text('size.top', { field: offer.field, count: offer.count })
    case 'grain':
      return text('size.grain', { field: offer.field, grain: text(`grain.${offer.grain}`) })
    case 'remove':
      return text('size.remove', { field: offer.field })
  }
}
