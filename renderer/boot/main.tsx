import './strict-zod.ts'
import { createRoot } from 'react-dom/client'
import { createEngineClient } from '../client/engine-client.ts'
import { pickConnector } from '../client/pick-connector.ts'
import { Hello } from './hello.tsx'

const connection = createEngineClient(pickConnector(window), { check: import.meta.env.DEV })
const place = document.getElementById('root')
if (place === null) throw new Error('The page has no root')
createRoot(place).render(<Hello connection={connection} />)
