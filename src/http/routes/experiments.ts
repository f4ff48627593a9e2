// Experiments: GET /v1/experiments lists them, POST puts one down as a draft, GET /v1/experiments/{id} looks at one and
// …/plan says how long it would take; POST …/start, …/stop and …/adopt move it on. This server heeds them when it answers,
// all others within seconds.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { adoptVariation } from '../../deciding/adopt-variation.ts'
import { createExperiment } from '../../deciding/create-experiment.ts'
import type { Experiment } from '../../domain/experiment.ts'
import { readableTitle } from '../../domain/product.ts'
import { stopExperiment } from '../../measuring/end-experiment.ts'
import { experimentRow } from '../../measuring/experiment-row.ts'
import { measureExperiments } from '../../measuring/measure-experiments.ts'
import { planExperiment } from '../../measuring/plan-experiment.ts'
import { readBaseline } from '../../measuring/read-baseline.ts'
import { shopCurrency } from '../../measuring/shop-currency.ts'
import { startExperiment } from '../../measuring/start-experiment.ts'
import { callerName } from '../api-key.ts'
import type { HttpEffects } from '../effects.ts'
import { experimentAnswer, experimentBody, planAnswer } from '../experiment-schemas.ts'
import { problem } from '../problem.ts'
import { bodyProblems, problemResponse, usualProblems } from '../schemas.ts'

const params = z.object({ id: z.string().min(1).max(60) })
const security = [{ apiKey: [] }]
const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const refusals = {
  404: problemResponse('There is no such experiment'),
  409: problemResponse(
    'Its state does not allow it, or another one is in its way, or nothing has been mined',
  ),
}
const started = z.object({ experiment: experimentAnswer, plan: planAnswer }).openapi('StartedExperiment')
const adopted = z.object({ experiment: experimentAnswer, done: z.string() }).openapi('AdoptedVariation')

const listRoute = createRoute({
  method: 'get',
  path: '/v1/experiments',
  summary: 'All experiments, the newest first',
  description:
    'Those that run with their figures of today; those that ended with the verdict that was written.',
  security,
  responses: {
    200: json(
      z
        .object({
          experiments: z.array(experimentAnswer),
          titles: z.record(z.string(), z.string()).openapi({ description: 'Of the products named, by id' }),
        })
        .openapi('Experiments'),
      'Experiments',
    ),
    ...usualProblems,
  },
})

const draftRoute = createRoute({
  method: 'post',
  path: '/v1/experiments',
  summary: 'Put down an experiment as a draft',
  security,
  request: { body: { required: true, content: { 'application/json': { schema: experimentBody } } } },
  responses: { 201: json(experimentAnswer, 'The draft'), ...bodyProblems, 409: refusals[409] },
})

const getRoute = createRoute({
  method: 'get',
  path: '/v1/experiments/{id}',
  summary: 'One experiment with its figures',
  security,
  request: { params },
  responses: { 200: json(experimentAnswer, 'The experiment'), ...usualProblems, 404: refusals[404] },
})

const planRoute = createRoute({
  method: 'get',
  path: '/v1/experiments/{id}/plan',
  summary: 'How many customers it needs, and for how long',
  security,
  request: { params },
  responses: { 200: json(planAnswer, 'The plan'), ...usualProblems, ...refusals },
})

const startRoute = createRoute({
  method: 'post',
  path: '/v1/experiments/{id}/start',
  summary: 'Start it',
  description: 'From now on its variations never change.',
  security,
  request: { params },
  responses: { 200: json(started, 'It runs'), ...usualProblems, ...refusals },
})

const stopRoute = createRoute({
  method: 'post',
  path: '/v1/experiments/{id}/stop',
  summary: 'End it, with the verdict of this moment',
  security,
  request: { params },
  responses: { 200: json(experimentAnswer, 'It has ended'), ...usualProblems, ...refusals },
})

const adoptRoute = createRoute({
  method: 'post',
  path: '/v1/experiments/{id}/adopt',
  summary: 'Put a variation in the place of the control',
  description: 'Pins the pairing or sets the need sentence; else `done` says which setting to change.',
  security,
  request: {
    params,
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ variation: z.string().max(60) }) } },
    },
  },
  responses: { 200: json(adopted, 'It is in place'), ...bodyProblems, ...refusals },
})

export function addExperiments(app: OpenAPIHono, effects: HttpEffects): void {
  const { store, clock, settings, testing } = effects
  app.openapi(listRoute, async (c) => {
    const all = await store.listExperiments()
    const running = all.filter(({ state }) => state === 'running')
    const measured = await lookAt(running, effects)
    const rows = all.map((one) =>
      experimentRow(one, measured.find((seen) => seen.experiment === one) ?? null),
    )
    return c.json({ experiments: rows, titles: titlesOf(all, effects) }, 200) as never
  })
  app.openapi(draftRoute, async (c) => {
    const plan = effects.plan.get()
    if (plan === null) return noPlan(c) as never
    const created = await createExperiment(c.req.valid('json'), { store, plan, settings, clock })
    if (created.kind === 'created') return c.json(experimentRow(created.experiment, null), 201) as never
    if (created.kind === 'taken') return refused(c, created.why) as never
    const { field, why } = created
    return problem(c, 'request-invalid', `${field}: ${why}.`, [{ path: field, message: why }]) as never
  })
  app.openapi(getRoute, (c) =>
    withOne(c, effects, async (one) => {
      const [measured = null] = await lookAt([one], effects)
      return c.json(experimentRow(one, measured), 200)
    }),
  )
  app.openapi(planRoute, (c) =>
    withOne(c, effects, async (one) => {
      const currency = currencyNow(effects)
      if (currency === null) return noPlan(c)
      return c.json(planExperiment(one, await readBaseline(one, { store, clock, currency })), 200)
    }),
  )
  app.openapi(startRoute, (c) =>
    withOne(c, effects, async (one) => {
      const currency = currencyNow(effects)
      if (currency === null) return noPlan(c)
      const hasShop = effects.accepting.shop !== null
      const outcome = await startExperiment(one, { store, clock, currency, hasShop })
      if (outcome.kind === 'refused') return refused(c, outcome.why)
      await testing.refresh()
      return c.json({ experiment: experimentRow(outcome.experiment, null), plan: outcome.plan }, 200)
    }),
  )
  app.openapi(stopRoute, (c) =>
    withOne(c, effects, async (one) => {
      const currency = currencyNow(effects)
      if (currency === null) return noPlan(c)
      const outcome = await stopExperiment(one, { store, clock, settings, currency })
      if (outcome.kind === 'refused') return refused(c, outcome.why)
      await testing.refresh()
      const [measured = null] = await lookAt([outcome.experiment], effects)
      return c.json(experimentRow(outcome.experiment, measured), 200)
    }),
  )
  app.openapi(adoptRoute, (c) =>
    withOne(c, effects, async (one) => {
      const plan = effects.plan.get()
      if (plan === null) return noPlan(c)
      const speaker = { source: 'api', saidBy: callerName(c) } as const
      const { variation } = c.req.valid('json')
      const outcome = await adoptVariation(one, variation, speaker, { store, plan, clock })
      if (outcome.kind === 'refused') return refused(c, outcome.why)
      if (outcome.wordsVersion !== null) await effects.plan.heed(outcome.wordsVersion)
      return c.json({ experiment: experimentRow(outcome.experiment, null), done: outcome.done }, 200)
    }),
  )
}

function titlesOf(experiments: readonly Experiment[], { plan }: HttpEffects): Record<string, string> {
  const products = plan.get()?.products
  const named = experiments.flatMap(({ variations }) =>
    variations.flatMap(({ change }) =>
      ('addOn' in change ? [change.addOn] : []).concat('anchor' in change ? [change.anchor] : []),
    ),
  )
  return Object.fromEntries(
    named.flatMap((id) => {
      const title = id === null ? undefined : products?.get(id)?.title
      return id === null || title === undefined ? [] : [[id, readableTitle(title)]]
    }),
  )
}

async function withOne(
  c: Context,
  { store }: HttpEffects,
  act: (experiment: Experiment) => Promise<Response>,
): Promise<never> {
  const id = c.req.param('id') ?? ''
  const experiment = await store.getExperiment(id)
  if (experiment !== null) return (await act(experiment)) as never
  return problem(c, 'not-found', `There is no experiment ${id}; GET /v1/experiments lists them.`) as never
}

async function lookAt(experiments: readonly Experiment[], effects: HttpEffects) {
  const currency = currencyNow(effects)
  const { store, settings, clock } = effects
  return currency === null ? [] : measureExperiments(experiments, { store, settings, clock, currency })
}

function currencyNow({ plan }: HttpEffects): string | null {
  const now = plan.get()
  return now === null ? null : shopCurrency(now)
}

function refused(c: Context, why: string): Response {
  return problem(c, 'experiment-refused', `${why}.`)
}

function noPlan(c: Context): Response {
  return problem(c, 'no-plan', 'Nothing has been mined yet; run "aftercart mine" first.')
}
