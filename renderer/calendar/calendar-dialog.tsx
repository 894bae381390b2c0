import { Button, Modal, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useApp, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/use-text.ts'
import { createCalendarFlow, isComplete } from './calendar-flow.ts'
import { CalendarForm } from './calendar-form.tsx'
import { HolidayList } from './holiday-list.tsx'
import './calendar.css'

/** The calendar by which the workspace divides and compares days. */
export function CalendarDialog() {
  const open = useShell((shell) => shell.dialog === 'calendar')
  return open ? <OpenCalendar /> : null
}

function OpenCalendar() {
  const app = useApp()
  const text = useText()
  const [flow] = useState(() => createCalendarFlow(app))
  const { known, draft, busy, error } = useStore(flow.store)
  useEffect(() => {
    void flow.look()
    return () => flow.leave()
  }, [flow])
  const close = (): void => app.shell.closeDialog()
  const save = async (): Promise<void> => {
    if (await flow.save()) close()
  }
  return (
    <Modal
      open
      centered
      width={760}
      title={text('calendar.title')}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{text('app.cancel')}</Button>
          <Button
            type="primary"
            loading={busy === 'save'}
            disabled={!draft || busy !== null || !isComplete(draft)}
            onClick={() => void save()}
          >
            {text('calendar.save')}
          </Button>
        </>
      }
    >
      <p className="hint">{text('calendar.about')}</p>
      {error && (
        <div role="alert">
          <ErrorNotice error={error} />
        </div>
      )}
      {draft === null || known === null ? (
        error === null && <Skeleton active paragraph={{ rows: 6 }} />
      ) : (
        <div className="calendar">
          <CalendarForm flow={flow} draft={draft} />
          <HolidayList flow={flow} draft={draft} announced={known.announced} />
        </div>
      )}
    </Modal>
  )
}
