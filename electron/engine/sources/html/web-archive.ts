/** Pages inside a web page that was saved as a single file (MHTML), as Excel and browsers do. */

/** Whether the beginning of a file is that of such an archive. */
export function isWebArchive(head: string): boolean {
  const [headers = ''] = head.split(/\r?\n\r?\n/, 1)
  return /^mime-version:/im.test(headers) && /^content-type:\s*multipart\/related/im.test(headers)
}

/** The bytes of its pages, each with a word of its encoding before it where its part says one. */
export function pagesOfArchive(bytes: Buffer): Buffer[] {
  const text = bytes.toString('latin1')
  const boundary = /^content-type:\s*multipart\/related(?:[^\n]*\n(?=\s))*[^\n]*?\bboundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/im.exec(text) // prettier-ignore
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return []
  const [, ...parts] = text.split(`--${mark}`)
  return parts.flatMap((part) => {
    const page = pageOf(part)
    return page === undefined ? [] : [page]
  })
}

function pageOf(part: string): Buffer | undefined {
  const start = /\r?\n\r?\n/.exec(part)
  if (start === null) return undefined
  const headers = part.slice(0, start.index).replaceAll(/\r?\n[ \t]+/g, ' ')
  const said = (name: string): string =>
    new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? ''
  // The row of tabs below a workbook's sheets is a table, too.
  const isSheet = !/tabstrip\.html?$/i.test(said('content-location'))
  if (!isSheet || !/^text\/html\b/i.test(said('content-type'))) return undefined
  const body = part.slice(start.index + start[0].length)
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(said('content-type'))?.[1]
  const meta = charset === undefined ? '' : `<meta charset="${charset}">`
  return Buffer.concat([Buffer.from(meta), decoded(body, said('content-transfer-encoding'))])
}

function decoded(body: string, how: string): Buffer {
  if (/^base64$/i.test(how)) return Buffer.from(body, 'base64')
  if (!/^quoted-printable$/i.test(how)) return Buffer.from(body, 'latin1')
  const joined = body.replaceAll(/=[ \t]*\r?\n/g, '')
  const plain = joined.replaceAll(/=([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(plain, 'latin1')
}
