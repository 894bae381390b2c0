import '../../../renderer/boot/strict-zod.ts'
import { startApp } from '../../../renderer/boot/start-app.tsx'
import { createFakeEngine } from '../fake-engine.ts'

// The page as it is, over canned sales: `npx vite tests/support/fake-page` shows it without any host.
const place = document.getElementById('root')
if (place === null) throw new Error('The page has no root')
void startApp(createFakeEngine(), place)
