// GET /v1/reports/calculator: what add-ons after payment bring a month and a year. What is not given is the shop's own
// figure where there is one, else a guess that is called one.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { calculateRevenue, chooseFigures } from '../../measuring/calculate-revenue.ts'
import { readOwnFigures } from '../../measuring/own-figures.ts'
import type { HttpEffects } from '../effects.ts'
import { usualProblems } from '../schemas.ts'

const amount = z.coerce.number().min(0).max(1e12).optional()
const share = z.coerce.number().min(0).max(1).optional()
const figure = z.object({ value: z.number(), source: z.enum(['given', 'own', 'guess']), because: z.string() })

const answer = z
  .object({
    addOnsPerMonth: z.number(),
    revenuePerMonth: z.number().openapi({ description: 'In major units: 14 is $14.00' }),
    revenuePerYear: z.number(),
    netRevenuePerMonth: z.number(),
    netRevenuePerYear: z.number(),
    marginPerMonth: z.number(),
    marginPerYear: z.number(),
    causedMarginPerMonth: z.number(),
    causedMarginPerYear: z.number(),
    currency: z.string().nullable(),
    figures: z.object({
      orders: figure,
      addOnPrice: figure,
      attachRate: figure,
      margin: figure,
      refundRate: figure,
      causedShare: figure,
    }),
  })
  .openapi('Calculation')

const route = createRoute({
  method: 'get',
  path: '/v1/reports/calculator',
  summary: 'What add-ons bring a month and a year',
  security: [{ apiKey: [] }],
  request: {
    query: z.object({
      orders: amount,
      addOnPrice: amount,
      attachRate: share,
      margin: share,
      refundRate: share,
      causedShare: share,
    }),
  },
  responses: {
    200: { description: 'The sum', content: { 'application/json': { schema: answer } } },
    ...usualProblems,
  },
})

export function addCalculator(
  app: OpenAPIHono,
  { store, settings, plan: current, clock }: HttpEffects,
): void {
  app.openapi(route, async (c) => {
    const plan = current.get()
    const summary =
      plan === null
        ? null
        : {
            orders: plan.summary.orders,
            fromAtMs: plan.summary.historyFromAtMs,
            toAtMs: plan.summary.historyToAtMs,
          }
    const own = await readOwnFigures({ summary, plan, nowMs: clock.nowMs() }, { store, settings })
    const figures = chooseFigures(c.req.valid('query'), own.figures)
    const currency = figures.addOnPrice.source === 'own' ? own.currency : null
    return c.json({ ...calculateRevenue(figures), currency, figures }, 200)
  })
}
