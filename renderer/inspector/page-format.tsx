import { Input, Select, Switch } from 'antd'
import type { PageSetup, Report } from '../../shared/report/report.ts'
import { useApp, usePage, useReport } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import { Choice, Section, Setting } from '../ui/controls.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { useText } from '../ui/use-text.ts'

const themes: readonly Report['theme'][] = ['storeboard', 'ocean', 'forest', 'mono']

/** What the report and its page look like, on screen and on paper. */
export function PageFormat() {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const { id: page, setup } = usePage()
  const set = (part: Partial<PageSetup>): void =>
    void tryCommand(
      app,
      { name: 'page.setSetup', args: { page, setup: { ...setup, ...part } } },
      { mode: 'merge' },
    )
  return (
    <>
      <Section title={text('inspector.report')}>
        <Setting label={text('report.theme')}>
          {(id) => (
            <Select
              id={id}
              value={report.theme}
              options={themes.map((value) => ({ value, label: text(`report.theme.${value}`) }))}
              onChange={(theme) =>
                void tryCommand(app, { name: 'report.setTheme', args: { theme } })
              }
            />
          )}
        </Setting>
      </Section>
      <Section title={text('inspector.print')}>
        <Setting label={text('print.paper')}>
          {(id) => (
            <Select
              id={id}
              value={setup.paper}
              options={(['A4', 'A3', 'Letter'] as const).map((value) => ({ value, label: value }))}
              onChange={(paper) => set({ paper })}
            />
          )}
        </Setting>
        <Choice
          label={text('print.orientation')}
          value={setup.orientation}
          options={(['landscape', 'portrait'] as const).map((value) => ({
            value,
            label: text(`print.orientation.${value}`),
          }))}
          onChange={(orientation) => set({ orientation })}
        />
        <Setting label={text('print.margin')}>
          {(id) => (
            <NumberField
              id={id}
              min={0}
              max={50}
              value={setup.marginMm}
              onChange={(marginMm) => marginMm !== null && set({ marginMm })}
            />
          )}
        </Setting>
        {(['header', 'footer'] as const).map((key) => (
          <Setting key={key} label={text(`print.${key}`)}>
            {(id) => (
              <Input
                id={id}
                maxLength={200}
                value={setup[key]}
                onChange={(event) => set({ [key]: event.target.value })}
              />
            )}
          </Setting>
        ))}
        <Setting label={text('print.pageNumbers')}>
          {(id) => (
            <Switch
              id={id}
              size="small"
              checked={setup.pageNumbers}
              onChange={(pageNumbers) => set({ pageNumbers })}
            />
          )}
        </Setting>
      </Section>
      <p className="hint inspector-hint">{text('inspector.none')}</p>
    </>
  )
}
