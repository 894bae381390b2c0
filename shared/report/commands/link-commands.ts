import { z } from 'zod'
import { dropDrillPath } from '../drop-formulas.ts'
import { DrillPathId, InteractionId, SlotId } from '../ids.ts'
import { giveWayToColumns, remapSlot, slotIsUsed } from '../remap-slot.ts'
import { DatasetSlot, DrillPath, Interaction } from '../report.ts'
import { command, CommandRefused } from './command.ts'
import { blockIn } from './find.ts'

export const linkCommands = {
  'slot.add': command({
    args: z.strictObject({ slot: DatasetSlot }),
    label: 'command.slot.add',
    apply: (report, { slot }) => {
      report.datasets[slot.id] = slot
      giveWayToColumns(report, slot.id)
    },
  }),
  'slot.remove': command({
    args: z.strictObject({ slot: SlotId }),
    label: 'command.slot.remove',
    apply: (report, { slot }) => {
      if (!report.datasets[slot]) throw new CommandRefused('missingSlot')
      if (slotIsUsed(report, slot)) throw new CommandRefused('inUse')
      delete report.datasets[slot]
    },
  }),
  /** Points a slot at another dataset: fields are renamed as mapped; unmapped ones keep their name and stay empty. */
  'slot.remap': command({
    args: z.strictObject({
      slot: DatasetSlot,
      fields: z.record(z.string(), z.string()),
    }),
    label: 'command.slot.remap',
    apply: (report, { slot, fields }) => {
      if (!report.datasets[slot.id]) throw new CommandRefused('missingSlot')
      remapSlot(report, slot, fields)
    },
  }),
  'drillPath.set': command({
    args: z.strictObject({ path: DrillPath }),
    label: 'command.drillPath.set',
    apply: (report, { path }) => {
      report.drillPaths[path.id] = path
    },
  }),
  'drillPath.remove': command({
    args: z.strictObject({ path: DrillPathId }),
    label: 'command.drillPath.remove',
    apply: (report, { path }) => {
      dropDrillPath(report, path)
    },
  }),
  'interaction.set': command({
    args: z.strictObject({ interaction: Interaction }),
    label: 'command.interaction.set',
    apply: (report, { interaction }) => {
      for (const id of [interaction.from, ...interaction.to]) blockIn(report, id)
      report.interactions[interaction.id] = interaction
    },
  }),
  'interaction.remove': command({
    args: z.strictObject({ interaction: InteractionId }),
    label: 'command.interaction.remove',
    apply: (report, { interaction }) => {
      delete report.interactions[interaction]
    },
  }),
} as const
