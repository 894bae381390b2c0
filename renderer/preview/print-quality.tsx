import { printLine } from '../../shared/layout/print-lines.ts'
import { useText } from '../ui/use-text.ts'
import type { SetLine } from './quality-sheets.ts'
import { qualityLabel } from './quality-sheets.ts'

/** One sheet of what is said of the data. */
export function PrintQuality({ lines }: { readonly lines: readonly SetLine[] }) {
  const text = useText()
  return (
    <section className="print-quality">
      <h2 style={{ height: printLine.title }}>{text('quality.title')}</h2>
      <dl>
        {lines.map(({ line, height }, index) => (
          <div key={index} data-kind={line.kind} style={{ height }}>
            <dt style={line.kind === 'dataset' ? undefined : { width: `${qualityLabel * 100}%` }}>
              {line.label}
            </dt>
            {line.kind !== 'dataset' && <dd>{line.value}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
}
