// GET /v1/reports/orders: the orders behind a figure of the report. Over all pages their sums make the figure, to the cent.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { placements } from '../../domain/placement.ts'
import { readReportCurrency } from '../../measuring/read-report.ts'
import type { HttpEffects } from '../effects.ts'
import { periodQuery } from '../report-schemas.ts'
import { usualProblems } from '../schemas.ts'
import { askedPeriod, noPeriod } from './reports.ts'

const figureNames = [
  'ordersOffered',
  'ordersExposed',
  'accepted',
  'completed',
  'dismissed',
  'undone',
  'unpaid',
  'refunded',
  'chargedMinor',
  'returnedMinor',
] as const

const behind = z.object({
  orderId: z.string(),
  placedAtMs: z.number().nullable(),
  subtotalMinor: z.number().nullable(),
  ...Object.fromEntries(figureNames.map((name) => [name, z.number()])),
})

const route = createRoute({
  method: 'get',
  path: '/v1/reports/orders',
  summary: 'The orders behind a figure',
  description: 'By order id. The next page begins after `next`; null: this was the last.',
  security: [{ apiKey: [] }],
  request: {
    query: z.object({
      ...periodQuery,
      placement: z.enum(placements).optional(),
      relation: z.enum(['complete', 'refill', 'extend', 'upsell']).optional(),
      anchor: z.string().max(500).optional(),
      product: z.string().max(500).optional(),
      kind: z.enum(figureNames).optional().openapi({ description: 'Only orders that add to this figure' }),
      after: z.string().max(500).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: {
      description: 'Orders',
      content: {
        'application/json': {
          schema: z.object({ currency: z.string(), orders: z.array(behind), next: z.string().nullable() }),
        },
      },
    },
    ...usualProblems,
  },
})

export function addOrdersBehind(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const { from, to, after, limit, kind, ...place } = c.req.valid('query')
    const period = askedPeriod({ from, to }, effects)
    if (period === null) return noPeriod(c) as never
    const currency = readReportCurrency(effects.plan.get())
    const given = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined))
    const orders = await effects.store.ordersBehind(
      { ...period, currency, ...given, ...(kind === undefined ? {} : { figure: kind }) },
      { after: after ?? null, limit },
    )
    const next = orders.length < limit ? null : (orders.at(-1)?.orderId ?? null)
    return c.json({ currency, orders: [...orders], next }, 200)
  })
}
