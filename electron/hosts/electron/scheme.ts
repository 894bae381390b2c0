import { readPageFile } from '../../engine/page-files.ts'

export const scheme = 'storeboard'
export const origin = `${scheme}://app`

/** Page files only, from the build folder only; every other host, method or path gets nothing. */
export function createSchemeHandler(pageFolder: string) {
  return async (request: Pick<Request, 'url' | 'method'>): Promise<Response> => {
    const nothing = new Response('Not found', { status: 404 })
    if (request.method !== 'GET' || !URL.canParse(request.url)) return nothing
    const url = new URL(request.url)
    if (url.protocol !== `${scheme}:` || url.host !== 'app') return nothing
    const file = await readPageFile(pageFolder, url.pathname)
    return file === undefined ? nothing : new Response(file.bytes, { headers: file.headers })
  }
}
