// Only in the demo: GET /demo/clock tells what time it is there, POST moves it on, by days or to the next message.

import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { DAY_MS } from '../../domain/instant.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'

export type DemoClock = {
  /** Resolves when what was due by then was looked at. */
  moveOn(byMs: number): Promise<void>
  /** Where the messages can be read. */
  readonly mailbox: string
}

const move = z.union([
  z.strictObject({ days: z.int().min(1).max(60) }),
  z.strictObject({ to: z.literal('next-message') }),
])

export function addDemoClock(app: OpenAPIHono, effects: HttpEffects, demo: DemoClock): void {
  const { store, clock } = effects
  const state = async () => ({
    nowMs: clock.nowMs(),
    nextMessageAtMs: await store.nextMessageDue(),
    mailbox: demo.mailbox,
  })
  app.get('/demo/clock', async (c) => c.json(await state()))
  app.post('/demo/clock', async (c) => {
    // Forms of other sites cannot send this type without asking first.
    const isJson = c.req.header('content-type')?.startsWith('application/json') === true
    const asked = move.safeParse(isJson ? await c.req.json().catch(() => null) : null)
    if (!asked.success) {
      return problem(c, 'request-invalid', 'Send {"days": 1 to 60} or {"to": "next-message"} as JSON.')
    }
    const next = await store.nextMessageDue()
    const byMs = 'days' in asked.data ? asked.data.days * DAY_MS : Math.max(0, (next ?? 0) - clock.nowMs())
    await demo.moveOn(byMs)
    return c.json(await state())
  })
}
