// Who may call the API: the bearer of a key whose SHA-256 the store holds. Keys carry 256 random bits, so a plain hash
// is enough. A known key is remembered for a minute, which bounds how long a revoked one still works.

import { createHash, randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { HttpEffects } from './effects.ts'
import { problem } from './problem.ts'

const REMEMBER_MS = 60_000
const REMEMBERED_MAX = 1000

const KEY_NAME = 'api-key-name'

/** Under which name the caller's key was made: who says what an owner says. */
export function callerName(c: Context): string {
  const name: unknown = c.get(KEY_NAME)
  return typeof name === 'string' ? name : 'unknown'
}

export function newApiKey(): string {
  return `aftercart_${randomBytes(32).toString('base64url')}`
}

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Lists and previews; what is known of a person is nobody's to look at, not even of an example. */
function isOpen(method: string, path: string): boolean {
  return (method === 'GET' && !path.startsWith('/v1/customers/')) || path === '/v1/previews'
}

export function requireApiKey(
  effects: Pick<HttpEffects, 'store' | 'clock'>,
  openReading: boolean,
): MiddlewareHandler {
  const known = new Map<string, { readonly name: string; readonly untilMs: number }>()
  return async (c, next) => {
    if (openReading && isOpen(c.req.method, c.req.path)) return next()
    const key = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (key === undefined) {
      return problem(c, 'unauthorized', 'Send the header "Authorization: Bearer <API key>".')
    }
    const hash = hashApiKey(key)
    const now = effects.clock.nowMs()
    const remembered = known.get(hash)
    if (remembered !== undefined && remembered.untilMs > now) {
      c.set(KEY_NAME, remembered.name)
      return next()
    }
    const found = await effects.store.findApiKey(hash)
    if (found === null) {
      return problem(c, 'unauthorized', 'This API key is not known; `aftercart key` makes a new one.')
    }
    if (known.size >= REMEMBERED_MAX) known.clear()
    known.set(hash, { name: found.name, untilMs: now + REMEMBER_MS })
    c.set(KEY_NAME, found.name)
    return next()
  }
}
