import type { ComponentType } from 'react'
import { memo } from 'react'
import type { Block, BlockKind } from '../../shared/report/blocks/block.ts'
import { isDataBlock } from '../../shared/report/blocks/block.ts'
import { useSelectedBlock, useSelection } from '../state/app-context.ts'
import { useContentBlock } from '../state/content-block.ts'
import { Section } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { ChartFormat } from './chart-format.tsx'
import { CrosstabFormat } from './crosstab-format.tsx'
import { DrillEditor } from './drill-editor.tsx'
import { FilterFormat } from './filter-format.tsx'
import { FiltersEditor } from './filters-editor.tsx'
import { ImageFormat } from './image-format.tsx'
import { LinksEditor } from './links-editor.tsx'
import { PageFormat } from './page-format.tsx'
import { ParameterFormat } from './parameter-format.tsx'
import { PlaceFormat } from './place-format.tsx'
import { TableFormat } from './table-format.tsx'
import { TextFormat } from './text-format.tsx'
import { TitleSetting } from './title-setting.tsx'
import './inspector.css'

type Panels = {
  readonly [K in BlockKind]: ComponentType<{ readonly block: Extract<Block, { kind: K }> }> | null
}

/** One format panel a kind; null where a block has nothing but its title. */
const panels: Panels = {
  chart: ChartFormat,
  crosstab: CrosstabFormat,
  table: TableFormat,
  metric: null,
  text: TextFormat,
  image: ImageFormat,
  filter: FilterFormat,
  parameter: ParameterFormat,
}

/** Everything but the place: not drawn anew while the block moves. */
const BlockSections = memo(function BlockSections({ block }: { readonly block: Block }) {
  const text = useText()
  // The record ties each kind to its own panel, which TypeScript cannot follow through an index.
  const Panel = panels[block.kind] as ComponentType<{ readonly block: Block }> | null
  return (
    <>
      <Section title={text('inspector.format')}>
        <TitleSetting block={block} />
        {Panel && <Panel block={block} />}
      </Section>
      {isDataBlock(block) && (
        <Section title={text('inspector.filters')} open={block.filters.length > 0}>
          <FiltersEditor block={block} />
        </Section>
      )}
      {(block.kind === 'chart' || block.kind === 'crosstab') && (
        <Section title={text('inspector.drill')} open={block.drillPath !== undefined}>
          <DrillEditor block={block} />
        </Section>
      )}
      {block.kind !== 'text' && block.kind !== 'image' && block.kind !== 'parameter' && (
        <Section title={text('inspector.links')} open={false}>
          <LinksEditor block={block} />
        </Section>
      )}
    </>
  )
})

function BlockInspector({ block }: { readonly block: Block }) {
  const text = useText()
  return (
    <>
      <BlockSections block={useContentBlock(block)} />
      <Section title={text('inspector.place')} open={false}>
        <PlaceFormat block={block} />
      </Section>
    </>
  )
}

/** Everything about the selected block, or about the page when none is selected. */
export function Inspector() {
  const block = useSelectedBlock()
  const { blocks } = useSelection()
  const text = useText()
  if (block) return <BlockInspector key={block.id} block={block} />
  if (blocks.length > 1)
    return <p className="hint inspector-hint">{text('inspector.many', { count: blocks.length })}</p>
  return <PageFormat />
}
