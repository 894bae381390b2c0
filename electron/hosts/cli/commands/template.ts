import { basename, resolve } from 'node:path'
import type { TemplateLiteral } from '../../../../shared/report/report-words.ts'
import { slotIsUsed } from '../../../../shared/report/remap-slot.ts'
import { exactlyOne, oneOf, pairs, readArguments, required, UsageError } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import { openDocument } from '../open-document.ts'
import { withFilesOnly, withSession } from '../session.ts'
import { chooseDatasets } from '../slot-choice.ts'
import { jsonText } from '../terminal.ts'

const actions = { pack, inspect, apply }

export const templateCommand: Command = async (run) => {
  const [action = '', ...args] = run.args
  const name = oneOf(action, ['pack', 'inspect', 'apply'], 'ACTION')
  await actions[name](run, args)
}

/** The report without its data. Every literal it holds is listed, with whether it travels. */
async function pack(run: CommandRun, args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, {
    out: { type: 'string' },
    keep: { type: 'string', multiple: true, default: [] },
  })
  const path = resolve(exactlyOne(positionals, 'REPORT'))
  const out = resolve(required(values.out, '--out'))
  await withFilesOnly(run, async (session) => {
    const { report } = await session.call('report.open', { file: session.file(path) })
    const { literals } = await session.call('template.literals', { report })
    const keep = kept(literals, values.keep)
    for (const { id, place, preview } of literals) {
      const key = keep.has(id) ? 'cli.travels' : 'cli.leftOut'
      run.terminal.say(run.text(key, { place, preview }))
    }
    await session.call('template.pack', { report, keep: [...keep], to: session.file(out) })
    const listed = literals.map((literal) => ({ ...literal, kept: keep.has(literal.id) }))
    run.terminal.result(jsonText({ file: out, literals: listed }))
  })
}

function kept(literals: readonly TemplateLiteral[], asked: readonly string[]): Set<string> {
  if (asked.includes('all')) return new Set(literals.map(({ id }) => id))
  const known = new Set(literals.map(({ id }) => id))
  const stray = asked.find((id) => id !== 'none' && !known.has(id))
  if (stray !== undefined) throw new UsageError(`--keep: no literal ${stray}`, { name: stray })
  const byDefault = asked.includes('none') ? [] : literals.filter((one) => one.keepByDefault)
  return new Set([...byDefault.map(({ id }) => id), ...asked.filter((id) => known.has(id))])
}

async function inspect(run: CommandRun, args: readonly string[]): Promise<void> {
  const { positionals } = readArguments(args, {})
  const path = resolve(exactlyOne(positionals, 'TEMPLATE'))
  await withFilesOnly(run, async (session) => {
    const { kind, report } = await openDocument(session, path)
    const { literals } = await session.call('template.literals', { report })
    const slots = Object.values(report.datasets).map((slot) => ({
      slot: slot.name,
      id: slot.id,
      used: slotIsUsed(report, slot.id),
      fields: slot.fields,
    }))
    const pages = report.pageOrder.map((id) => ({
      title: report.pages[id]?.title ?? '',
      blocks: report.pages[id]?.blockOrder.length ?? 0,
    }))
    const shown = { file: basename(path), kind, title: report.title, pages, slots, literals }
    run.terminal.result(jsonText(shown))
  })
}

/** A report on the workspace's own datasets, bound to them there. */
async function apply(run: CommandRun, args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, {
    workspace: { type: 'string' },
    out: { type: 'string' },
    data: { type: 'string', multiple: true, default: [] },
    map: { type: 'string', multiple: true, default: [] },
  })
  const path = resolve(exactlyOne(positionals, 'TEMPLATE'))
  const workspace = resolve(required(values.workspace, '--workspace'))
  const out = resolve(required(values.out, '--out'))
  const data = pairs(values.data, '--data')
  const map = pairs(values.map, '--map')
  await withSession(run, { workspace }, async (session) => {
    const { report } = await session.call('template.open', { file: session.file(path) })
    const chosen = await chooseDatasets(session, { report, bindings: {}, data, map })
    for (const { slot, dataset, fields } of chosen.slots) {
      run.terminal.say(run.text('cli.bound', { slot, dataset }))
      for (const [field, column] of Object.entries(fields)) {
        if (column !== null) run.terminal.say(`  ${run.text('cli.mapped', { field, column })}`)
      }
    }
    for (const { field, usedIn } of chosen.missing) {
      run.terminal.say(run.text('cli.missing', { field, blocks: usedIn.join(', ') }))
    }
    await session.call('report.save', {
      file: session.file(out),
      report: chosen.report,
      bindings: chosen.bindings,
      expectedStamp: null,
    })
    run.terminal.result(jsonText({ file: out, slots: chosen.slots, missing: chosen.missing }))
  })
}
