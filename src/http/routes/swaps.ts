// GET /v1/swaps: what the always-on choice among pairings changed. POST /v1/swaps/{id}/undo: the pairing takes part again.
// GET /v1/refreshes: what each night did.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { listSwaps, undoSwap } from '../../deciding/list-swaps.ts'
import { armStates } from '../../domain/arm.ts'
import { placements } from '../../domain/placement.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { problemResponse, usualProblems } from '../schemas.ts'

const swap = z
  .object({
    id: z.number(),
    at: z.string(),
    placement: z.enum(placements),
    anchor: z.string(),
    anchorTitle: z.string(),
    addOn: z.string(),
    addOnTitle: z.string(),
    state: z.enum(armStates).openapi({
      description:
        'live: takes part; promoted: has won; rested: not offered beside the others; retired: its attach rate fell, plans leave it out',
    }),
    source: z.enum(['machine', 'owner']),
    because: z.string().openapi({ example: 'taken by 150 of 1500 against taken by 30 of 1500 of MUG' }),
    isLatest: z
      .boolean()
      .openapi({ description: 'Nothing was said of this pairing since: it can be taken back' }),
  })
  .openapi('Swap')

const limit = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) })

const list = createRoute({
  method: 'get',
  path: '/v1/swaps',
  summary: 'What the always-on choice changed',
  security: [{ apiKey: [] }],
  request: { query: limit },
  responses: {
    200: { description: 'The newest first', content: { 'application/json': { schema: z.array(swap) } } },
    ...usualProblems,
  },
})

const undo = createRoute({
  method: 'post',
  path: '/v1/swaps/{id}/undo',
  summary: 'Take one back: the pairing takes part again, and is left alone for 90 days',
  security: [{ apiKey: [] }],
  request: { params: z.object({ id: z.coerce.number().int().min(1) }) },
  responses: {
    200: { description: 'What stands now', content: { 'application/json': { schema: swap } } },
    ...usualProblems,
    404: problemResponse('There is no such change, or something was said of the pairing since'),
  },
})

const refresh = z
  .object({
    id: z.number(),
    startedAtMs: z.number(),
    seconds: z.number().nullable().openapi({ description: 'null: it runs, or was killed' }),
    orders: z.object({ received: z.number(), new: z.number(), otherCurrency: z.number() }),
    plan: z.object({
      before: z.number().nullable(),
      version: z.number().nullable(),
      added: z.number(),
      retired: z.number(),
    }),
    arms: z.object({
      weighed: z.number(),
      changes: z.array(
        z.object({
          placement: z.enum(placements),
          anchor: z.string(),
          addOn: z.string(),
          before: z.enum(armStates),
          state: z.enum(armStates),
          because: z.string(),
        }),
      ),
    }),
    advice: z.array(z.object({ action: z.string(), sentence: z.string() })),
    undoneAtMs: z.number().nullable(),
  })
  .openapi('Refresh')

const refreshes = createRoute({
  method: 'get',
  path: '/v1/refreshes',
  summary: 'What each nightly refresh did',
  security: [{ apiKey: [] }],
  request: { query: limit },
  responses: {
    200: { description: 'The newest first', content: { 'application/json': { schema: z.array(refresh) } } },
    ...usualProblems,
  },
})

export function addSwaps(app: OpenAPIHono, effects: HttpEffects): void {
  const { store, clock } = effects
  const productsNow = () => effects.plan.get()?.products ?? new Map()
  app.openapi(list, async (c) =>
    c.json(await listSwaps(c.req.valid('query').limit, store, productsNow()), 200),
  )

  app.openapi(undo, async (c) => {
    const { id } = c.req.valid('param')
    const row = await undoSwap(id, { store, clock, products: productsNow() })
    const detail = `Change ${id} is not the latest of its pairing, or changes nothing: GET /v1/swaps lists them.`
    if (row === null) return problem(c, 'not-found', detail) as never
    await effects.testing.refresh()
    return c.json(row, 200)
  })

  app.openapi(refreshes, async (c) => {
    const rows = await store.listRefreshes(c.req.valid('query').limit)
    return c.json(
      rows.map((row) => ({
        ...row,
        arms: { ...row.arms, changes: [...row.arms.changes] },
        advice: [...row.advice],
      })),
      200,
    )
  })
}
