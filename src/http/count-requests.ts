// What was asked of this process, for GET /metrics: how many requests of each route with which status, and how long they took.
// Comes in: requests as they pass. Goes out: the counts since the process started. Routes are counted by their template:
// a path may hold a token, and whoever asks for invented paths would fill the memory.

import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Clock } from '../ports/clock.ts'

/** Upper ends in milliseconds. A shop gives a decision a second; half of it is late already. */
export const durationBucketsMs = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000] as const

export type RequestCount = {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly requests: number
}

export type RouteDurations = {
  readonly method: string
  readonly route: string
  readonly requests: number
  readonly sumMs: number
  /** Of each bucket, those that took no longer. */
  readonly within: readonly number[]
}

export type RequestCounts = {
  readonly count: MiddlewareHandler
  requests(): readonly RequestCount[]
  durations(): readonly RouteDurations[]
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export function countRequests(clock: Clock): RequestCounts {
  const requests = new Map<string, RequestCount>()
  const durations = new Map<string, RouteDurations>()
  const count: MiddlewareHandler = async (c, next) => {
    const startedMs = clock.nowMs()
    await next()
    // The clock of a machine may be set back meanwhile.
    const tookMs = Math.max(0, clock.nowMs() - startedMs)
    const method = methods.has(c.req.method) ? c.req.method : 'other'
    const route = routePath(c, -1)
    const { status } = c.res
    const asked = `${method} ${route} ${status}`
    requests.set(asked, { method, route, status, requests: (requests.get(asked)?.requests ?? 0) + 1 })
    const before = durations.get(`${method} ${route}`)
    durations.set(`${method} ${route}`, {
      method,
      route,
      requests: (before?.requests ?? 0) + 1,
      sumMs: (before?.sumMs ?? 0) + tookMs,
      within: durationBucketsMs.map((most, index) => (before?.within[index] ?? 0) + (tookMs <= most ? 1 : 0)),
    })
  }
  return { count, requests: () => [...requests.values()], durations: () => [...durations.values()] }
}
