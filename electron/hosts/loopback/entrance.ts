/*
 * The first page a browser sees: it takes the ticket out of the address, exchanges it for the session's secrets and goes
 * on to the app. The ticket is in the fragment, so it reaches no log and no referrer.
 */
export const entrancePage = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>Storeboard</title><link rel="icon" href="data:,"></head>
<body><p id="note"></p><script src="/enter.js"></script></body></html>
`

export const entranceScript = `'use strict'
const ticket = new URLSearchParams(location.hash.slice(1)).get('ticket') ?? ''
history.replaceState(null, '', '/enter')
fetch('/session', { method: 'POST', body: ticket }).then(async (answer) => {
  if (!answer.ok) throw new Error(String(answer.status))
  const { key, path } = await answer.json()
  sessionStorage.setItem('storeboard.pageKey', key)
  location.replace(path)
}).catch(() => {
  document.getElementById('note').textContent =
    '此链接已使用或已过期，请重新启动 Storeboard。 This link was used or has expired; please start Storeboard again.'
})
`

export const noEntrance =
  '请从 Storeboard 的启动程序打开。 Please open this page by starting Storeboard.\n'

/** A file that takes the browser to the entrance: the ticket stays off the command line, which others can see. */
export function launcherPage(url: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Storeboard</title><script>location.replace(${JSON.stringify(url)})</script>\n`
}
