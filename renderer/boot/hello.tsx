import { useEffect, useState } from 'react'
import type { EngineConnection } from '../client/engine-client.ts'

/** The first sign of life: which product and version answered. */
export function Hello({ connection }: { readonly connection: EngineConnection }) {
  const [version, setVersion] = useState('')
  useEffect(() => {
    void connection.engine['app.info']({}).then((info) => {
      if (info.ok) setVersion(info.value.version)
    })
  }, [connection])
  return (
    <main>
      <h1>Storeboard</h1>
      <p data-testid="version">{version}</p>
    </main>
  )
}
