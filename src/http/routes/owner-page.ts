// The owner's page at `/`: the built files of src/dashboard, read once when the server starts and kept in memory, so a
// request never touches the file system. Without a build the page says how to make one.

import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OpenAPIHono, z } from '@hono/zod-openapi'

type PageFile = { readonly body: Uint8Array<ArrayBuffer>; readonly type: string }

/** Path as in the URL → file. */
export type OwnerPage = ReadonlyMap<string, PageFile>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export function readOwnerPage(folder: URL): OwnerPage {
  const root = fileURLToPath(folder)
  const files = new Map<string, PageFile>()
  let names: string[]
  try {
    names = readdirSync(root, { recursive: true, encoding: 'utf8' })
  } catch {
    return files
  }
  for (const name of names) {
    const type = contentTypes[extname(name)]
    if (type === undefined) continue
    const path = `/${relative(root, join(root, name)).split(sep).join('/')}`
    files.set(path, { body: new Uint8Array(readFileSync(join(root, name))), type })
  }
  return files
}

const LONG_CACHE = 'public, max-age=31536000, immutable'

export function addOwnerPage(app: OpenAPIHono, page: OwnerPage): void {
  const answer = (path: string): Response | null => {
    const file = page.get(path)
    if (file === undefined) return null
    const cache = path.startsWith('/assets/') ? LONG_CACHE : 'no-cache'
    return new Response(file.body, { headers: { 'content-type': file.type, 'cache-control': cache } })
  }
  const text = (type: string) => ({ content: { [type]: { schema: z.string() } } })
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/',
    summary: "The owner's page",
    responses: {
      200: { description: 'The page; it asks for an API key itself', ...text('text/html') },
      503: { description: 'It is not built', ...text('text/plain') },
    },
  })
  app.get(
    '/',
    (c) => answer('/index.html') ?? c.text('The owner’s page is not built yet: run "npm run build".', 503),
  )
  app.get('/assets/*', (c) => answer(c.req.path) ?? c.notFound())
}
