// Experiments over HTTP and in the files of `aftercart experiments create`: the same body.

import { z } from '@hono/zod-openapi'
import { VARIATIONS_MAX } from '../domain/check-experiment.ts'
import { experimentStates, guardrails, primaryMetrics } from '../domain/experiment.ts'
import { placements } from '../domain/placement.ts'
import { id } from './schemas.ts'

const text = z.string().max(2_000)

export const variationChange = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('nothing') }),
    z.strictObject({ kind: z.literal('pairing'), anchor: id, addOn: id }),
    z.strictObject({
      kind: z.literal('need'),
      anchor: id.nullable().default(null),
      addOn: id,
      sentence: text,
    }),
    z.strictObject({ kind: z.literal('discount'), addOn: id.nullable().default(null), percent: z.number() }),
    z.strictObject({ kind: z.literal('placement-off'), placement: z.enum(placements) }),
    z.strictObject({ kind: z.literal('timing'), flow: z.string().max(40), days: z.number() }),
  ])
  .openapi('VariationChange')

const variation = z
  .strictObject({
    id: text.openapi({ example: 'brush-first' }),
    name: text.openapi({ example: 'The brush first' }),
    share: z.number().openapi({ description: 'Of the customers who take part; all make 1', example: 0.5 }),
    change: variationChange,
  })
  .openapi('Variation')

export const experimentBody = z
  .strictObject({
    id: text.openapi({ example: 'brush-first' }),
    name: text.openapi({ example: 'The brush first' }),
    hypothesis: text.openapi({ description: 'What you believe, and why: it is read again when it ends' }),
    variations: z
      .array(variation)
      .max(VARIATIONS_MAX + 1)
      .openapi({ description: 'The control first, with the id "control" and the change "nothing"' }),
    primaryMetric: z.enum(primaryMetrics).default('margin-per-customer'),
    guardrails: z.array(z.enum(guardrails)).default([...guardrails]),
    smallestEffect: z.number().default(0.1).openapi({
      description: 'The smallest difference worth finding, as a share of what the control earns',
    }),
  })
  .openapi('ExperimentDraft')

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() }).openapi('Estimate')

const verdict = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.enum(['better', 'worse']) }),
    z.object({ kind: z.literal('no-difference'), largerThan: z.number() }),
    z.object({ kind: z.literal('not-enough'), moreDays: z.number().nullable() }),
    z.object({ kind: z.literal('broken'), reason: z.string() }),
    z.object({ kind: z.literal('guardrail'), guardrail: z.string(), reason: z.string() }),
  ])
  .openapi('ExperimentVerdict')

export const experimentAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    hypothesis: z.string(),
    state: z.enum(experimentStates),
    variations: z.array(variation),
    primaryMetric: z.enum(primaryMetrics),
    guardrails: z.array(z.enum(guardrails)),
    smallestEffect: z.number(),
    adopted: z.string().nullable().openapi({ description: 'The variation that was put in place' }),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    sentence: z.string().nullable().openapi({
      description: 'What it says: the written verdict once it ended, today’s before; null for a draft',
    }),
    figures: z
      .array(
        z.object({
          variation: z.string(),
          customers: z.number().openapi({ description: 'Those whose 14 days are over' }),
          eligibleOrders: z.number(),
          mean: z.number().openapi({ description: 'Of the metric, per customer; money in minor units' }),
          difference: estimate.nullable().openapi({ description: 'From the control; holds at every look' }),
          verdict: verdict.nullable(),
        }),
      )
      .nullable(),
  })
  .openapi('Experiment')

export const planAnswer = z
  .object({
    perVariation: z.number().openapi({ description: 'Customers' }),
    customersPerDay: z.number().nullable(),
    days: z.number().nullable(),
    isAssumed: z.boolean().openapi({ description: 'Whether figures of other shops had to do' }),
    sentence: z.string(),
    warning: z.string().nullable(),
  })
  .openapi('ExperimentPlan')
