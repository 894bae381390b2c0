import './strict-zod.ts'
import { createEngineClient } from '../client/engine-client.ts'
import { pickConnector } from '../client/pick-connector.ts'
import { startApp } from './start-app.tsx'

const connection = createEngineClient(pickConnector(window), { check: import.meta.env.DEV })
const place = document.getElementById('root')
if (place === null) throw new Error('The page has no root')
void startApp(connection, place)
