// GET /v1/catalog-problems: what in the catalog keeps offers from being good, each with what to do.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { checkCatalog } from '../../importing/check-catalog.ts'
import type { HttpEffects } from '../effects.ts'
import { usualProblems } from '../schemas.ts'

const catalogProblem = z
  .object({
    problem: z.string().openapi({ example: 'missing-image' }),
    title: z.string(),
    product: z
      .string()
      .nullable()
      .openapi({ description: 'Null where it is a problem of the whole catalog' }),
    productTitle: z.string().nullable(),
    detail: z.string(),
    fix: z.string(),
    products: z.number().openapi({ description: 'How many products this row speaks of' }),
  })
  .openapi('CatalogProblem')

const route = createRoute({
  method: 'get',
  path: '/v1/catalog-problems',
  summary: 'What to mend in the catalog',
  security: [{ apiKey: [] }],
  responses: {
    200: {
      description: 'Problems, by kind; the most sold products of each first',
      content: { 'application/json': { schema: z.array(catalogProblem) } },
    },
    ...usualProblems,
  },
})

export function addGetCatalogProblems(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(route, async (c) => {
    const products = await effects.store.listProducts()
    return c.json([...checkCatalog(products, effects.plan.get())], 200)
  })
}
