// GET /v1/reports/lifetime-value: what the customers of the imported orders are worth, and how far to believe it. It is
// measured when it is first asked after an import, which takes seconds, and kept.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { warningKinds } from '../../measuring/lifetime-value.ts'
import type { HttpEffects } from '../effects.ts'
import { usualProblems } from '../schemas.ts'

const money = z.number().openapi({ description: 'Minor units of the currency' })
const months = z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)])

const model = z
  .object({
    kind: z.literal('model'),
    purchases: z.object({
      r: z.number(),
      alpha: z.number(),
      a: z.number(),
      b: z.number(),
      firstOrderEffect: z.number(),
      timeStepDays: z.union([z.literal(1), z.literal(7)]),
    }),
    spend: z.object({ p: z.number(), q: z.number(), v: z.number() }).nullable(),
    spendFrequencyCorrelation: z.number(),
  })
  .openapi({ description: 'BG/NBD by the size of the first order, in days, and Gamma-Gamma, in minor units' })

const cohortMean = z.object({
  kind: z.literal('cohort-mean'),
  because: z.string(),
  months: months.nullable(),
})

const nextYear = z.object({
  purchases: z.number(),
  revenueMinor: money,
  revenueIfAsFarOffMinor: money.nullable(),
  valueMinor: money,
  valuePerCustomerMinor: money,
  aliveShare: z.number(),
  aliveShareOfRepeaters: z.number(),
  distribution: z.array(z.object({ share: z.number(), valueMinor: money })),
  topDecileShare: z.number(),
})

const cohort = z.object({
  month: z.string().openapi({ example: '2011-09' }),
  customers: z.number(),
  revenueMinor: z
    .object({ 1: money.nullable(), 3: money.nullable(), 6: money.nullable(), 12: money.nullable() })
    .openapi({ description: 'Per customer, by months since the first order; null where they are not over' }),
  repeatsInYear: z.number().nullable(),
})

const heldBack = z.object({
  days: z.number(),
  customers: z.number(),
  foretoldPurchases: z.number(),
  actualPurchases: z.number(),
  bias: z.number(),
  foretoldRevenueMinor: money,
  actualRevenueMinor: money,
  revenueBias: z.number(),
  bestTenthShare: z.number(),
  error: z.number(),
  naiveError: z.number(),
})

const sides = z.object({ offered: z.number(), heldOut: z.number() })
const causedByOffers = z
  .union([
    z.object({
      kind: z.literal('told'),
      customers: sides,
      offeredMinor: money,
      heldOutMinor: money,
      differenceMinor: z.object({ value: money, low: money, high: money }),
    }),
    z.object({ kind: z.literal('not-yet'), customers: sides, because: z.string() }),
  ])
  .openapi({
    description: 'Value of the next 12 months per customer, who was offered something against the hold-out',
  })

const measured = z.object({
  kind: z.literal('measured'),
  asOf: z.string().openapi({ example: '2011-12-09' }),
  currency: z.string().openapi({ example: 'GBP' }),
  basis: z.enum(['margin', 'revenue']),
  marginShare: z.number().nullable(),
  customers: z.number(),
  repeatCustomers: z.number(),
  purchases: z.number(),
  revenueMinor: money,
  method: z.union([model, cohortMean]),
  nextYear: nextYear.nullable(),
  newCustomer: z
    .object({
      months,
      repeatPurchases: z.number().nullable(),
      valueMinor: money,
      firstOrderMinor: money.nullable(),
    })
    .nullable(),
  causedByOffers: causedByOffers.nullable(),
  cohorts: z.array(cohort),
  heldBack: z.array(heldBack),
  warnings: z.array(z.object({ kind: z.enum(warningKinds), sentence: z.string() })),
})

const lifetimeValue = z
  .union([z.object({ kind: z.literal('nothing-yet'), sentence: z.string() }), measured])
  .openapi('LifetimeValue')

const route = createRoute({
  method: 'get',
  path: '/v1/reports/lifetime-value',
  summary: 'What customers are worth',
  security: [{ apiKey: [] }],
  responses: {
    200: { description: 'Figures', content: { 'application/json': { schema: lifetimeValue } } },
    ...usualProblems,
  },
})

export function addGetLifetimeValue(app: OpenAPIHono, effects: Pick<HttpEffects, 'lifetimeValue'>): void {
  app.openapi(route, async (c) => c.json(mutable(await effects.lifetimeValue()), 200))
}

/** The schema's arrays are not readonly, which no reader of an answer needs. */
function mutable(value: Awaited<ReturnType<HttpEffects['lifetimeValue']>>): z.input<typeof lifetimeValue> {
  if (value.kind === 'nothing-yet') return value
  const { cohorts, heldBack: checks, warnings, nextYear: year } = value
  return {
    ...value,
    nextYear: year === null ? null : { ...year, distribution: [...year.distribution] },
    cohorts: [...cohorts],
    heldBack: [...checks],
    warnings: [...warnings],
  }
}
