// The HTTP interface: JSON for the shop's server behind an API key, the owner's page, health and the API description.
// Comes in: requests. Goes out: answers that openapi.json describes; failures are problem details with a code.
// A route that throws answers 500 with a vague sentence and logs the rest.

import { OpenAPIHono, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import { AppError, errorTable } from '../domain/errors.ts'
import { requireApiKey } from './api-key.ts'
import { countRequests } from './count-requests.ts'
import type { HttpEffects } from './effects.ts'
import { limitLargeBodies } from './limit-large-bodies.ts'
import { problem, problemFrom } from './problem.ts'
import { addCalculator } from './routes/calculator.ts'
import { addClicks } from './routes/clicks.ts'
import { addCustomers } from './routes/customers.ts'
import { addDirectPairings } from './routes/direct-pairings.ts'
import { addExperiments } from './routes/experiments.ts'
import { addFlows } from './routes/flows.ts'
import { addGetAnchors } from './routes/get-anchors.ts'
import { addGetCatalogProblems } from './routes/get-catalog-problems.ts'
import { addGetConfirmationEmail } from './routes/get-confirmation-email.ts'
import { addGetLifetimeValue } from './routes/get-lifetime-value.ts'
import { addGetMetrics } from './routes/get-metrics.ts'
import { addGetOverview } from './routes/get-overview.ts'
import { addGetPairings } from './routes/get-pairings.ts'
import { addGetPlanChanges } from './routes/get-plan-changes.ts'
import { addGetWidget, type Widget } from './routes/get-widget.ts'
import { addHealth } from './routes/health.ts'
import { addMessages } from './routes/messages.ts'
import { addOffers } from './routes/offers.ts'
import { addOpenTimePicks } from './routes/open-time-picks.ts'
import { addOrderEvents } from './routes/order-events.ts'
import { addOrdersBehind } from './routes/orders-behind.ts'
import { addOwnerPage, type OwnerPage } from './routes/owner-page.ts'
import { addPostDecisions } from './routes/post-decisions.ts'
import { addPostOrders } from './routes/post-orders.ts'
import { addPreviews } from './routes/previews.ts'
import { addReports } from './routes/reports.ts'
import { addRules } from './routes/rules.ts'
import { addSuppressions } from './routes/suppressions.ts'
import { addSwaps } from './routes/swaps.ts'
import { addUnsubscribe } from './routes/unsubscribe.ts'
import { addWebhooks } from './routes/webhooks.ts'
import { sayIssue } from './say-issue.ts'
import { shopperAccess } from './shopper-access.ts'

export type AppOptions = {
  readonly ownerPage: OwnerPage
  /** True in the demo: the owner's page and the read-only lists need no key on this machine. */
  readonly openReading: boolean
  readonly version: string
  /** The shopper's widget; absent where it is not built. */
  readonly widget?: Widget | null
}

const PAGE_POLICY =
  "default-src 'self'; img-src 'self' https:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

const BODY_BYTES_MAX = 256 * 1024
/** A bounce sends a whole mail back, and SNS up to 256 KiB that grow by what JSON escapes. */
const WEBHOOK_BYTES_MAX = 1024 * 1024
/** What a mail program posts to unsubscribe is one short field. */
const FORM_BYTES_MAX = 4 * 1024
const BODY_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** What a shopper's browser asks, holding a token instead of a key. */
const shopperPath = /^\/v1\/(offers\/[^/]+(\/(accept|decline|undo|fragment))?|exposures)$/

export function createApp(effects: HttpEffects, options: AppOptions): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return
      const errors = result.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        message: sayIssue(issue),
      }))
      const first = errors[0]?.message ?? 'the request is not valid'
      return problem(c, 'request-invalid', `${first}.`, errors)
    },
  })
  const counts = countRequests(effects.clock)
  app.use(counts.count)
  app.use(secureHeaders({ crossOriginResourcePolicy: false }))
  app.use(async (c, next) => {
    await next()
    // What other sites' pages and mails load (the widget, a picture) says so itself, and must not be overruled.
    const name = 'cross-origin-resource-policy'
    if (!c.res.headers.has(name)) c.res.headers.set(name, 'same-origin')
    // A page that is mounted here may have a policy of its own, as messages with inline styles need.
    if (!c.res.headers.has('content-security-policy'))
      c.res.headers.set('content-security-policy', PAGE_POLICY)
  })
  const limitBody = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 'body-too-large', 'The body is larger than 256 KiB; send fewer lines.'),
  })
  const limitWebhook = bodyLimit({
    maxSize: WEBHOOK_BYTES_MAX,
    onError: (c) => problem(c, 'body-too-large', 'The message is larger than 1 MiB.'),
  })
  app.use('/v1/webhooks/*', limitLargeBodies())
  app.use('/v1/*', (c, next) =>
    c.req.path.startsWith('/v1/webhooks/') ? limitWebhook(c, next) : limitBody(c, next),
  )
  app.use(
    '/u/*',
    bodyLimit({
      maxSize: FORM_BYTES_MAX,
      onError: (c) => problem(c, 'body-too-large', 'The form is larger than 4 KiB.'),
    }),
  )
  const shopper = shopperAccess(effects)
  const keyed = requireApiKey(effects, options.openReading)
  app.use('/v1/*', async (c, next) => {
    if (shopperPath.test(c.req.path)) return shopper(c, next)
    return c.req.path.startsWith('/v1/webhooks/') ? next() : keyed(c, next)
  })
  app.use('/v1/*', async (c, next) => {
    const type = c.req.header('content-type') ?? ''
    // A server that clicks for a shopper need not send an empty object; a page says its origin, and its JSON a preflight.
    const isServer = type === '' && c.req.header('origin') === undefined
    if (isServer && shopperPath.test(c.req.path) && (await c.req.text()) === '') return next()
    const mayBeAny = !BODY_METHODS.has(c.req.method) || c.req.path.startsWith('/v1/webhooks/')
    if (mayBeAny || /^application\/([a-z0-9.-]+\+)?json\b/i.test(type)) return next()
    const sent = type === '' ? 'has none' : `is ${type.slice(0, 80)}`
    const detail = `The header Content-Type ${sent}; send application/json.`
    return problem(c, 'request-invalid', detail)
  })
  app.onError((error, c) => {
    // Hono's reader of bodies throws this; a SyntaxError of our own is a bug, and no fault of the sender.
    if (error instanceof HTTPException && error.status === 400) {
      return problem(c, 'request-invalid', 'The body is not valid JSON.')
    }
    logFailure(error, { method: c.req.method, route: routePath(c, -1) }, effects)
    return problemFrom(c, error)
  })
  app.notFound((c) => problem(c, 'not-found', `There is nothing at ${c.req.method} ${c.req.path}.`))

  addPostOrders(app, effects)
  addPostDecisions(app, effects)
  addOffers(app, effects)
  addWebhooks(app, effects)
  addGetOverview(app, effects, options.openReading)
  addGetAnchors(app, effects)
  addGetPairings(app, effects)
  addDirectPairings(app, effects)
  addGetPlanChanges(app, effects)
  addRules(app, effects)
  addGetCatalogProblems(app, effects)
  addGetLifetimeValue(app, effects)
  addReports(app, effects)
  addOrdersBehind(app, effects)
  addCalculator(app, effects)
  addGetConfirmationEmail(app, effects)
  addHealth(app, effects)
  addGetMetrics(app, effects, { counts, version: options.version })
  addOrderEvents(app, effects)
  addCustomers(app, effects)
  addMessages(app, effects)
  addSuppressions(app, effects)
  addSwaps(app, effects)
  addFlows(app, effects)
  addExperiments(app, effects)
  addPreviews(app, effects)
  addUnsubscribe(app, effects)
  addClicks(app, effects)
  addOpenTimePicks(app, effects)
  addGetWidget(app, options.widget ?? null)
  addOwnerPage(app, options.ownerPage)

  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' })
  addOpenApi(app, options.version)
  return app
}

/** `asked` names the template of the route: the path itself may hold a token, with which anybody could buy. */
function logFailure(error: Error, asked: object, { log }: HttpEffects): void {
  if (!(error instanceof AppError)) {
    if (!hasHungUp(error)) log.error({ err: error, ...asked }, 'a route failed')
    return
  }
  // A full disk, a database that is away: whoever runs this must hear of it, and not from shoppers.
  const { code, message } = error
  if (errorTable[code].status >= 500)
    log.error({ code, detail: message, ...asked }, 'a request was not served')
}

/** Node says so of a sender who left before the body was there: no fault of ours, and a way to fill the log. */
function hasHungUp(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
}

/** Written once: 20 ms of work for whoever asks would be a way to keep the server from selling. */
function addOpenApi(app: OpenAPIHono, version: string): void {
  let written: string | null = null
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    responses: {
      200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: z.object({}) } } },
    },
  })
  app.get('/openapi.json', (c) => {
    written ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Aftercart',
          version,
          description: 'Post-purchase cross-sell: orders in, one or two fitting products out.',
        },
        servers: [{ url: '/', description: 'This installation' }],
      }),
    )
    return c.body(written, 200, { 'content-type': 'application/json' })
  })
}
