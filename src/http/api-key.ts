// Who may call the API: the bearer of a key whose SHA-256 the store holds. Keys carry 256 random bits, so a plain hash
// is enough. A known key is remembered for a minute, which bounds how long a revoked one still works.

import { createHash, randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { HttpEffects } from './effects.ts'
import { problem } from './problem.ts'

const REMEMBER_MS = 60_000
const REMEMBERED_MAX = 1000

export function newApiKey(): string {
  return `aftercart_${randomBytes(32).toString('base64url')}`
}

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

export function requireApiKey(
  effects: Pick<HttpEffects, 'store' | 'clock'>,
  openReading: boolean,
): MiddlewareHandler {
  const goodUntilMs = new Map<string, number>()
  return async (c, next) => {
    if (openReading && c.req.method === 'GET') return next()
    const key = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (key === undefined) {
      return problem(c, 'unauthorized', 'Send the header "Authorization: Bearer <API key>".')
    }
    const hash = hashApiKey(key)
    const now = effects.clock.nowMs()
    if ((goodUntilMs.get(hash) ?? 0) <= now) {
      if (!(await effects.store.hasApiKey(hash))) {
        return problem(c, 'unauthorized', 'This API key is not known; `aftercart key` makes a new one.')
      }
      if (goodUntilMs.size >= REMEMBERED_MAX) goodUntilMs.clear()
      goodUntilMs.set(hash, now + REMEMBER_MS)
    }
    return next()
  }
}
