// The owner's hand on one pairing. PATCH /v1/pairings/{id}: approve, veto, pin, pause, write its need sentence, or take
// such a word back with null. POST /v1/pairings: a pairing of the owner's own. DELETE /v1/pairings/{id}: takes back all
// that was said. Heeded by this server when it answers, by all others within seconds, and by every later mining.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { directPairing, nothingSaid, type PairingDirection } from '../../deciding/direct-pairing.ts'
import { findPairing } from '../../deciding/list-pairings.ts'
import { parseInstant } from '../../domain/instant.ts'
import { readPairingId } from '../../domain/pairing-id.ts'
import { callerName } from '../api-key.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { bodyProblems, id, pairingAnswer, problemResponse, usualProblems } from '../schemas.ts'

const params = z.object({ id: z.string().min(1).max(2500) })
const need = z.string().openapi({
  description: 'Plain text of at most 160 characters; {anchor}, {addOn} and {days} are filled in',
  example: 'Keeps your {anchor} clean.',
})
const until = z
  .string()
  .refine((text) => parseInstant(text) !== null, 'must be an ISO 8601 date or date-time')

const patchBody = z
  .strictObject({
    status: z.enum(['approved', 'vetoed', 'pinned', 'paused']).nullish(),
    until: until.nullish().openapi({ description: 'With "paused": when the pause ends by itself' }),
    need: need.nullish(),
  })
  .refine(({ status, need }) => status !== undefined || need !== undefined, {
    message: 'needs status or need',
  })
  .openapi('PairingDirection')

const postBody = z
  .strictObject({
    anchor: id,
    addOn: id,
    relation: z.enum(['complete', 'refill', 'extend']),
    need: need.optional(),
  })
  .openapi('CuratedPairing')

const answered = { 'application/json': { schema: pairingAnswer } }
const failures = {
  404: problemResponse('There is no such pairing'),
  409: problemResponse('No plan has been published'),
}
const security = [{ apiKey: [] }]

const patchRoute = createRoute({
  method: 'patch',
  path: '/v1/pairings/{id}',
  summary: 'Approve, veto, pin, pause, or write the need sentence',
  description: 'What is left out stays; null takes the word back. A new status ends a pause.',
  security,
  request: { params, body: { required: true, content: { 'application/json': { schema: patchBody } } } },
  responses: {
    200: { description: 'The pairing as it now stands', content: answered },
    204: { description: 'Taken back, and nothing is left: orders do not show this pairing' },
    ...bodyProblems,
    ...failures,
  },
})

const postRoute = createRoute({
  method: 'post',
  path: '/v1/pairings',
  summary: 'Add a curated pairing',
  description:
    'Offered where orders show nothing that fits; pin it to offer it first. Saying it again changes nothing.',
  security,
  request: { body: { required: true, content: { 'application/json': { schema: postBody } } } },
  responses: { 201: { description: 'The pairing', content: answered }, ...bodyProblems, 409: failures[409] },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/v1/pairings/{id}',
  summary: 'Take back everything that was said about a pairing',
  description: 'The pairing is then what mining makes of it; one that was added is gone.',
  security,
  request: { params },
  responses: { 204: { description: 'Taken back' }, ...usualProblems, ...failures },
})

export function addDirectPairings(app: OpenAPIHono, effects: HttpEffects): void {
  app.openapi(patchRoute, async (c) => {
    const pair = readPairingId(c.req.valid('param').id)
    if (pair === null) return noSuchPairing(c) as never
    const { status, need, until } = c.req.valid('json')
    const untilMs = until == null ? until : parseInstant(until)
    const failure = await direct(c, { ...pair, status, need, untilMs }, effects)
    if (failure !== null) return failure as never
    return answer(c, pair, effects, 200) as never
  })
  app.openapi(postRoute, async (c) => {
    const body = c.req.valid('json')
    const failure = await direct(c, body, effects)
    if (failure !== null) return failure as never
    return answer(c, body, effects, 201) as never
  })
  app.openapi(deleteRoute, async (c) => {
    const pair = readPairingId(c.req.valid('param').id)
    if (pair === null) return noSuchPairing(c) as never
    const failure = await direct(c, { ...pair, ...nothingSaid }, effects)
    if (failure !== null) return failure as never
    return c.body(null, 204)
  })
}

function noSuchPairing(c: Context): Response {
  return problem(c, 'not-found', 'This is no id of a pairing; GET /v1/pairings lists them.')
}

/** Says it and waits until this server heeds it; or the problem to answer with. */
async function direct(
  c: Context,
  direction: PairingDirection,
  { store, plan: current, clock }: HttpEffects,
): Promise<Response | null> {
  const plan = current.get()
  if (plan === null) return problem(c, 'no-plan', 'Nothing has been mined yet; run "aftercart mine" first.')
  const speaker = { source: 'api', saidBy: callerName(c) } as const
  const outcome = await directPairing(direction, speaker, { store, plan, clock })
  if (outcome.kind === 'wrong') {
    const named = c.req.method !== 'POST' && (outcome.field === 'anchor' || outcome.field === 'addOn')
    const detail = `${named ? '' : `${outcome.field}: `}${outcome.why}.`
    if (named) return problem(c, 'not-found', detail)
    return problem(c, 'request-invalid', detail, [{ path: outcome.field, message: outcome.why }])
  }
  await current.heed(outcome.version)
  return null
}

function answer(
  c: Context,
  pair: { readonly anchor: string; readonly addOn: string },
  { plan: current, clock, settings }: HttpEffects,
  status: 200 | 201,
): Response {
  const plan = current.get()
  const row = plan === null ? null : findPairing(plan, pair, { settings, nowMs: clock.nowMs() })
  return row === null ? c.body(null, 204) : c.json(row, status)
}
