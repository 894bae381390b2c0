import { Button, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { reachableOver } from '../../shared/report/page-questions.ts'
import { useApp, useDocument, useReport, useShell } from '../state/app-context.ts'
import type { FormulaAsk } from '../state/shell-store.ts'
import { useText } from '../ui/use-text.ts'
import type { CheckedDraft, FormulaDraft, Surroundings } from './formula-draft.ts'
import { checkDraft, formulaOfDraft } from './formula-draft.ts'
import { FormulaForm } from './formula-form.tsx'
import { FormulaPreview } from './formula-preview.tsx'
import { previewQuestion, splitsOf, usualSplit } from './preview-question.ts'
import { keepDraft } from './keep-draft.ts'
import { nameFault, startDraft } from './start-draft.ts'
import './formulas.css'

/** Where a calculated field is written: with what it means, what is wrong, and what it gives on the data. */
export function FormulaDialog() {
  const asked = useShell(({ dialog, dialogFor }) =>
    dialog === 'formula' ? (dialogFor.formula ?? anyFormula) : null,
  )
  return asked ? <OpenFormula ask={asked} /> : null
}

const anyFormula: FormulaAsk = {}

/** The report with the draft's slot in it, and what is around. */
function useSurroundings(
  draft: FormulaDraft,
  home: string | undefined,
  blockId: string | undefined,
): Surroundings {
  // prettier-ignore
  const app = useApp()
  const report = useReport()
  const bindings = useDocument((open) => open.bindings)
  const workspace = useStore(app.workspace.store, ({ current }) => current)
  return useMemo(() => {
    const { slot } = draft
    const block = Object.values(report.pages)
      .flatMap((page) => Object.values(page.blocks))
      .find(({ id }) => id === blockId)
    return {
      report: { ...report, datasets: { ...report.datasets, [slot.id]: slot } },
      bindings: home === undefined ? bindings : { ...bindings, [slot.id]: home },
      datasets: workspace?.datasets ?? [],
      relationships: workspace?.relationships ?? [],
      block,
    }
  }, [report, bindings, workspace, draft, home, blockId])
}

function OpenFormula({ ask }: { readonly ask: FormulaAsk }) {
  const app = useApp()
  const text = useText()
  const [start] = useState(() => startDraft(app, ask))
  const [draft, setDraft] = useState(start.draft)
  const [home, setHome] = useState(start.dataset)
  const around = useSurroundings(draft, home, start.block)
  const checked = useMemo(() => checkDraft(draft, around, text), [draft, around, text])
  const [split, setSplit] = useState<readonly string[] | null>(null)
  const by = split ?? usualSplit(draft.slot.id, around.report, around.block)
  const formula = whole(draft, checked)
  const fault = nameFault(draft, around.report)
  const close = (): void => app.shell.closeDialog()
  const canKeep = formula !== null && fault === null
  const keep = (): void => {
    if (formula && canKeep && keepDraft(app, { ask, draft, home, formula, around })) close()
  }
  return (
    <Modal
      open
      centered
      width={940}
      title={text(start.isNew ? 'calculated.title.new' : 'calculated.title.edit')}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{text('app.cancel')}</Button>
          <Button type="primary" disabled={!canKeep} onClick={keep}>
            {text('calculated.save')}
          </Button>
        </>
      }
    >
      <div
        className="formula-dialog"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep()
        }}
      >
        <FormulaForm
          {...{ draft, checked, around, home, fault, isNew: start.isNew }}
          onChange={setDraft}
          onHome={(dataset, slot) => {
            setHome(dataset)
            setSplit(null)
            setDraft({ ...draft, slot })
          }}
        />
        <FormulaPreview
          formula={formula}
          question={formula && previewQuestion(formula, by, around, reachableOver(around.relationships))} // prettier-ignore
          by={by}
          splits={splitsOf(draft.slot.id, around.report)}
          onSplit={setSplit}
        />
      </div>
    </Modal>
  )
}

/** A preview does not wait for a name. */
function whole(draft: FormulaDraft, checked: CheckedDraft) {
  if (checked.state !== 'right') return null
  const named = draft.name.trim() === '' ? { ...draft, name: standIn } : draft
  return formulaOfDraft(named, checked)
}

/** No column is called so. */
const standIn = '\u2217'
