import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { fiscalGrains } from '../../shared/data/grain.ts'
import { isTemporal } from '../../shared/data/field.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import { drillPosition } from '../../shared/report/drill.ts'
import { fieldId, fieldNameOf } from '../../shared/report/field-use.ts'
import type { DrillPath, Report } from '../../shared/report/report.ts'
import type { Text } from '../../shared/text/messages.ts'
import { useApp, useReport } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import { fieldsOfSlot } from '../../shared/report/report-formulas.ts'
import { IconButton, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'

type Level = DrillPath['levels'][number]

const levelText = (level: Level, text: Text): string =>
  level.grain === undefined
    ? fieldNameOf(level.field)
    : text('pill.caption.grain', {
        field: fieldNameOf(level.field),
        grain: text(`grain.${level.grain}`),
      })

/** Every dimension a level can be; dates by their usual grains. */
function levelChoices(
  report: Report,
  text: Text,
): { value: string; label: string; level: Level }[] {
  return Object.values(report.datasets).flatMap((slot) =>
    fieldsOfSlot(report, slot.id)
      .filter(({ role }) => role !== 'measure')
      .flatMap((field): Level[] => {
        const id = fieldId(slot.id, field.name)
        const grains = ['year', 'quarter', 'month', 'week', 'day', ...fiscalGrains] as const
        return isTemporal(field.type)
          ? grains.map((grain) => ({ field: id, grain }))
          : [{ field: id }]
      })
      .map((level) => ({ value: JSON.stringify(level), label: levelText(level, text), level })),
  )
}

interface PathDialogProps {
  readonly path: DrillPath
  readonly onKeep: (path: DrillPath) => void
  readonly onClose: () => void
}

function PathDialog({ path, onKeep, onClose }: PathDialogProps) {
  const report = useReport()
  const text = useText()
  const [name, setName] = useState(path.name)
  const [levels, setLevels] = useState<readonly Level[]>(path.levels)
  const choices = levelChoices(report, text)
  const keys = levels.map((level) => JSON.stringify(level))
  const swap = (at: number, to: number): void => {
    const next = [...levels]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(to, 0, moved)
    setLevels(next)
  }
  return (
    <Modal
      open
      width={440}
      title={text('drill.edit')}
      okButtonProps={{ disabled: levels.length < 2 || name.trim() === '' }}
      onOk={() => onKeep({ ...path, name: name.trim(), levels: [...levels] })}
      onCancel={onClose}
    >
      <Setting label={text('drill.name')}>
        {(id) => (
          <Input
            id={id}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Setting>
      <ol className="drill-levels" aria-label={text('drill.levels')}>
        {levels.map((level, index) => (
          <li key={keys[index]}>
            <span>{levelText(level, text)}</span>
            <IconButton
              icon="up"
              small
              label={text('drill.coarser')}
              disabled={index === 0}
              onClick={() => swap(index, index - 1)}
            />
            <IconButton
              icon="down"
              small
              label={text('drill.finer')}
              disabled={index === levels.length - 1}
              onClick={() => swap(index, index + 1)}
            />
            <IconButton
              icon="close"
              small
              label={text('drill.removeLevel')}
              onClick={() => setLevels(levels.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      <Select
        className="wide"
        aria-label={text('drill.addLevel')}
        placeholder={text('drill.addLevel')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        disabled={levels.length >= 8}
        options={choices
          .filter(({ value }) => !keys.includes(value))
          .map(({ value, label }) => ({ value, label }))}
        onChange={(value: string | null) => {
          const level = choices.find((choice) => choice.value === value)?.level
          if (level) setLevels([...levels, level])
        }}
      />
    </Modal>
  )
}

/** Chooses the path a block drills along, and edits paths. */
export function DrillEditor({
  block,
}: {
  readonly block: Extract<Block, { kind: 'chart' | 'crosstab' }>
}) {
  const app = useApp()
  const report = useReport()
  const text = useText()
  const [editing, setEditing] = useState<DrillPath | null>(null)
  const paths = Object.values(report.drillPaths)
  const current = block.drillPath === undefined ? undefined : report.drillPaths[block.drillPath]
  const offPath = current !== undefined && drillPosition(report, block, {}) === null
  const choose = (path: string | undefined): void =>
    void tryCommand(app, {
      name: 'block.setDrillPath',
      args: { block: block.id, path: path ?? null },
    })
  const keep = (path: DrillPath): void => {
    const use: Command = { name: 'block.setDrillPath', args: { block: block.id, path: path.id } }
    app.documents.runAll([{ name: 'drillPath.set', args: { path } }, use], 'command.drillPath.set')
    setEditing(null)
  }
  const startNew = (): void => {
    const pills = block.kind === 'chart' ? block.shelves.columns : block.shelves.rows
    const first = pills.find((use) => use.aggregate === undefined)
    const levels: Level[] = first
      ? [{ field: first.field, ...(first.grain ? { grain: first.grain } : {}) }]
      : []
    setEditing({ id: app.newId('dp'), name: first ? fieldNameOf(first.field) : '', levels })
  }
  return (
    <>
      <Setting label={text('drill.path')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            placeholder={text('drill.none')}
            value={block.drillPath}
            options={paths.map((path) => ({ value: path.id, label: path.name }))}
            onChange={choose}
          />
        )}
      </Setting>
      {current && (
        <p className="hint">{current.levels.map((level) => levelText(level, text)).join(' → ')}</p>
      )}
      {offPath && <p className="hint warn">{text('drill.offPath')}</p>}
      <div className="button-row">
        <Button size="small" onClick={startNew}>
          {text('drill.new')}
        </Button>
        {current && (
          <Button size="small" onClick={() => setEditing(current)}>
            {text('drill.change')}
          </Button>
        )}
      </div>
      {editing && (
        <PathDialog
          key={editing.id}
          path={editing}
          onKeep={keep}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}
