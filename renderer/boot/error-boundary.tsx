import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Component } from 'react'
import { useText } from '../ui/use-text.ts'
import './boot.css'

function Broken() {
  const text = useText()
  return (
    <main className="broken" role="alert">
      <h1>{text('app.broken.title')}</h1>
      <p>{text('app.broken.body')}</p>
      <Button type="primary" onClick={() => window.location.reload()}>
        {text('app.broken.reload')}
      </Button>
    </main>
  )
}

/** A screen that throws is replaced by words and a way on; the document itself lives outside of it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }> {
  override readonly state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children
  }
}
