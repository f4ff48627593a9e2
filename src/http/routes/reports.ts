// What the owner reads. GET /v1/reports/summary: the whole report as JSON; /v1/reports/page: the same as a page that stands
// alone; /v1/reports/pairings and /v1/reports/hold-out: these parts of it. Reading changes nothing.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { parseInstant } from '../../domain/instant.ts'
import type { Period } from '../../measuring/figures.ts'
import { readReport, reportPeriod } from '../../measuring/read-report.ts'
import { renderReportPage } from '../../reporting/report-page.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { reportEffects } from '../report-effects.ts'
import { causedFigures, pairingFigures, period, periodQuery, report } from '../report-schemas.ts'
import { usualProblems } from '../schemas.ts'

/** Nothing in it runs or fetches; its style stands in it. */
export const REPORT_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const security = [{ apiKey: [] }]
const request = { query: z.object(periodQuery) }

const summaryRoute = createRoute({
  method: 'get',
  path: '/v1/reports/summary',
  summary: 'The report: what offers earned, what they caused, and what to change next',
  security,
  request,
  responses: {
    200: { description: 'The report', content: { 'application/json': { schema: report } } },
    ...usualProblems,
  },
})

const pageRoute = createRoute({
  method: 'get',
  path: '/v1/reports/page',
  summary: 'The report as an HTML page that stands alone',
  security,
  request,
  responses: {
    200: { description: 'A document', content: { 'text/html': { schema: z.string() } } },
    ...usualProblems,
  },
})

const pairingsRoute = createRoute({
  method: 'get',
  path: '/v1/reports/pairings',
  summary: 'What became of each pairing that was offered',
  security,
  request,
  responses: {
    200: {
      description: 'The most seen first, at most 200',
      content: {
        'application/json': {
          schema: z.object({ period, currency: z.string(), pairings: z.array(pairingFigures) }),
        },
      },
    },
    ...usualProblems,
  },
})

const holdOutRoute = createRoute({
  method: 'get',
  path: '/v1/reports/hold-out',
  summary: 'What offers caused, by the customers who got none',
  security,
  request,
  responses: {
    200: {
      description: 'By days that customers were followed',
      content: {
        'application/json': {
          schema: z.object({
            period,
            currency: z.string(),
            holdOutShare: z.number(),
            caused: z.array(causedFigures),
          }),
        },
      },
    },
    ...usualProblems,
  },
})

export function addReports(app: OpenAPIHono, effects: HttpEffects): void {
  const read = (asked: Period) => readReport(asked, reportEffects(effects))
  app.openapi(summaryRoute, async (c) => {
    const asked = askedPeriod(c.req.valid('query'), effects)
    if (asked === null) return noPeriod(c) as never
    return c.json(await read(asked), 200) as never
  })
  app.openapi(pageRoute, async (c) => {
    const asked = askedPeriod(c.req.valid('query'), effects)
    if (asked === null) return noPeriod(c) as never
    c.header('content-security-policy', REPORT_PAGE_POLICY)
    const { shopName } = effects.settings.messaging
    return c.html(renderReportPage(await read(asked), { shopName }), 200)
  })
  app.openapi(pairingsRoute, async (c) => {
    const asked = askedPeriod(c.req.valid('query'), effects)
    if (asked === null) return noPeriod(c) as never
    const { period: told, currency, pairings } = await read(asked)
    return c.json({ period: told, currency, pairings: [...pairings] }, 200)
  })
  app.openapi(holdOutRoute, async (c) => {
    const asked = askedPeriod(c.req.valid('query'), effects)
    if (asked === null) return noPeriod(c) as never
    const { period: told, currency, holdOutShare, caused } = await read(asked)
    return c.json({ period: told, currency, holdOutShare, caused: [...caused] }, 200)
  })
}

type Asked = { readonly from?: string | undefined; readonly to?: string | undefined }

/** `null` where it ends before it begins. */
export function askedPeriod({ from, to }: Asked, { clock }: Pick<HttpEffects, 'clock'>): Period | null {
  const fromMs = from === undefined ? undefined : (parseInstant(from) ?? undefined)
  const toMs = to === undefined ? undefined : (parseInstant(to) ?? undefined)
  const found = reportPeriod(
    { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) },
    clock.nowMs(),
  )
  return found.fromMs < found.toMs ? found : null
}

export function noPeriod(c: Context): Response {
  return problem(c, 'request-invalid', 'The period ends before it begins: "from" must lie before "to".')
}
