// GET /aftercart.js: the shopper's widget, as it was built; read once when the server starts. Any page may load it.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type OpenAPIHono, z } from '@hono/zod-openapi'

export type Widget = { readonly script: string; readonly etag: string }

/** `null` where it is not built. */
export function readWidget(file: URL): Widget | null {
  try {
    const script = readFileSync(file, 'utf8')
    return { script, etag: `"${createHash('sha256').update(script).digest('hex').slice(0, 16)}"` }
  } catch {
    return null
  }
}

export function addGetWidget(app: OpenAPIHono, widget: Widget | null): void {
  const script = { 'text/javascript': { schema: z.string() } }
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/aftercart.js',
    summary: 'The widget <aftercart-offer>',
    responses: {
      200: { description: 'The script, for a page of any origin', content: script },
      304: { description: 'As it was' },
      503: { description: 'It is not built', content: { 'text/plain': { schema: z.string() } } },
    },
  })
  app.get('/aftercart.js', (c) => {
    if (widget === null) return c.text('The widget is not built yet: run "npm run build".', 503)
    const headers = {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      etag: widget.etag,
    }
    return c.req.header('if-none-match') === widget.etag
      ? c.body(null, 304, headers)
      : c.body(widget.script, 200, headers)
  })
}
