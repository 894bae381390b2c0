import './strict-zod.ts'
import { createEngineClient } from '../client/engine-client.ts'
import { pickConnector } from '../client/pick-connector.ts'
import { startApp } from './start-app.tsx'
import { startPrint } from './start-print.tsx'

const connection = createEngineClient(pickConnector(window), { check: import.meta.env.DEV })
const place = document.getElementById('root')
if (place === null) throw new Error('The page has no root')
const print = /^#\/print\/([0-9a-zA-Z_-]+)$/.exec(location.hash)?.[1]
if (print === undefined) void startApp(connection, place)
else void startPrint(connection, place, print)
