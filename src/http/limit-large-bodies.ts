// Messages of providers are taken from anybody until their signature is read, which needs the whole body: so many large ones at
// once would fill the memory. Comes in: a request. Goes out: 429 where too many large bodies are on their way already. Those of
// payments are a few kilobytes and never counted; whoever sends large ones (a bounce with its whole mail) tries again.

import type { MiddlewareHandler } from 'hono'
import { problem } from './problem.ts'

const SMALL_BYTES = 64 * 1024
/** Of at most 1 MiB each. */
const AT_ONCE = 32
const AGAIN_SECONDS = 10

export function limitLargeBodies(): MiddlewareHandler {
  let underWay = 0
  return async (c, next) => {
    // Without a length it may become as large as it likes.
    const length = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY)
    if (length <= SMALL_BYTES) return next()
    if (underWay >= AT_ONCE) {
      c.header('retry-after', String(AGAIN_SECONDS))
      const detail = `Many large messages are on their way; send it again in ${AGAIN_SECONDS} seconds.`
      return problem(c, 'too-many-requests', detail)
    }
    underWay += 1
    try {
      await next()
    } finally {
      underWay -= 1
    }
    return undefined
  }
}
