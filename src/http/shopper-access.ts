// Who may ask the routes that a shopper's browser uses: pages of the origins in the settings, exactly, and servers (which send
// no origin); no address more often than a person would. The address is that of the connection, or, behind so many
// proxies as the settings name, the entry that the outermost of them wrote into X-Forwarded-For.

import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { clientNetwork } from './client-network.ts'
import type { HttpEffects } from './effects.ts'
import { problem } from './problem.ts'
import { openRateLimit, type RateLimit } from './rate-limit.ts'

const LOOKS_PER_MINUTE = 120
const CLICKS_PER_MINUTE = 30
const PREFLIGHT_SECONDS = '600'

export function shopperAccess(effects: HttpEffects): MiddlewareHandler {
  const looks = openRateLimit(LOOKS_PER_MINUTE)
  const clicks = openRateLimit(CLICKS_PER_MINUTE)
  return async (c, next) => {
    const origin = c.req.header('origin')
    if (origin !== undefined && !mayAsk(origin, c, effects)) {
      return problem(c, 'origin-refused', `Pages of ${origin.slice(0, 100)} are not among accepting.origins.`)
    }
    if (origin === undefined && c.req.header('sec-fetch-site') === 'cross-site') {
      return problem(c, 'origin-refused', 'Another site asked without saying which.')
    }
    if (c.req.method === 'OPTIONS') return c.body(null, 204, allowed(origin))
    // Also on an answer of 413 or 429: a page that may not read it cannot tell when to come again.
    for (const [name, value] of Object.entries(allowed(origin))) c.header(name, value)
    const limit: RateLimit = c.req.method === 'GET' ? looks : clicks
    const waitSeconds = limit.take(clientNetwork(addressOf(c, effects)), effects.clock.nowMs())
    if (waitSeconds !== null) {
      c.header('retry-after', String(waitSeconds))
      return problem(c, 'too-many-requests', `That was often; try again in ${waitSeconds} seconds.`)
    }
    await next()
    for (const [name, value] of Object.entries(allowed(origin))) c.res.headers.set(name, value)
    c.res.headers.set('cache-control', 'no-store')
    return undefined
  }
}

function allowed(origin: string | undefined): Record<string, string> {
  if (origin === undefined) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': PREFLIGHT_SECONDS,
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'origin',
  }
}

/** The same origin as this server's own needs no word in the settings: the demo, and shops behind one address. */
function mayAsk(origin: string, c: Context, { settings }: HttpEffects): boolean {
  if (settings.accepting.origins.includes(origin)) return true
  return origin === new URL(c.req.url).origin && c.req.header('sec-fetch-site') !== 'cross-site'
}

function addressOf(c: Context, { settings }: HttpEffects): string {
  const proxies = settings.accepting.trustedProxies
  if (proxies > 0) {
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    const address = hops.at(-proxies)
    if (address !== undefined && address !== '') return address
  }
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    // Asked in process, as tests and the demo's shop do.
    return ''
  }
}
