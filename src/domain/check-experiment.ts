// May an experiment be put down as it was written? Comes in: what somebody wrote. Goes out: a draft, or which field is wrong
// and what to do, for people. One experiment asks one question: all its variations change the same thing, each in its own
// way. Whether products and flows exist is asked where they are known.

import type { Experiment, Variation, VariationChange } from './experiment.ts'
import { checkNeed } from './need-sentence.ts'
import { HOLD_OUT } from './trial.ts'

export type WrittenExperiment = Pick<
  Experiment,
  'id' | 'name' | 'hypothesis' | 'variations' | 'primaryMetric' | 'guardrails' | 'smallestEffect'
>

export type Wrong = { readonly kind: 'wrong'; readonly field: string; readonly why: string }
export type CheckedExperiment = { readonly kind: 'good'; readonly experiment: Experiment } | Wrong

export const EXPERIMENT_ID_MAX = 60
export const VARIATIONS_MAX = 4
export const DISCOUNT_PERCENT_MAX = 50
export const TIMING_DAYS_MAX = 14
const NAME_MAX = 120
export const HYPOTHESIS_MAX = 1_000

export function checkExperiment(written: WrittenExperiment, createdAtMs: number): CheckedExperiment {
  const { id, name, hypothesis, smallestEffect, primaryMetric, guardrails } = written
  const needs = written.variations.map(({ change }) =>
    change.kind === 'need' ? checkNeed(change.sentence) : null,
  )
  const wrong =
    checkHead({ id, name, hypothesis, smallestEffect }) ??
    checkShares(written.variations) ??
    written.variations
      .map((one, i) => checkChange(one.change, `variations.${i}.change`))
      .find((one) => one !== null) ??
    checkQuestion(written.variations)
  if (wrong != null) return wrong
  const variations = written.variations.map((one, i): Variation => {
    const need = needs[i]
    const change =
      one.change.kind === 'need' && need?.kind === 'good'
        ? { ...one.change, sentence: need.sentence }
        : one.change
    return { id: one.id, name: one.name.trim(), share: one.share, change }
  })
  return {
    kind: 'good',
    experiment: {
      id,
      name: name.trim(),
      hypothesis: hypothesis.trim(),
      state: 'draft',
      version: 1,
      variations,
      primaryMetric,
      guardrails: [...new Set(guardrails)],
      smallestEffect,
      createdAtMs,
      startedAtMs: null,
      endedAtMs: null,
      verdict: null,
      adopted: null,
    },
  }
}

function wrong(field: string, why: string): Wrong {
  return { kind: 'wrong', field, why }
}

const idShape = /^[a-z0-9][a-z0-9-]*$/

function checkHead({
  id,
  name,
  hypothesis,
  smallestEffect,
}: Pick<WrittenExperiment, 'id' | 'name' | 'hypothesis' | 'smallestEffect'>): Wrong | null {
  if (!idShape.test(id) || id.length > EXPERIMENT_ID_MAX)
    return wrong('id', `write lower case letters, digits and dashes, at most ${EXPERIMENT_ID_MAX}`)
  if (id === HOLD_OUT) return wrong('id', `"${HOLD_OUT}" is the test that always runs; choose another`)
  const ofName = checkText(name, NAME_MAX)
  if (ofName !== null) return wrong('name', ofName)
  const ofHypothesis = checkText(hypothesis, HYPOTHESIS_MAX)
  if (ofHypothesis !== null)
    return wrong('hypothesis', `${ofHypothesis}: what you believe, and why, is read again when it ends`)
  if (!(smallestEffect > 0 && smallestEffect <= 1))
    return wrong(
      'smallestEffect',
      'write a share of what the control earns, above 0 and at most 1, such as 0.1',
    )
  return null
}

function checkText(text: string, most: number): string | null {
  if (text.trim() === '') return 'it is empty; write it'
  if (/[\p{Cc}\p{Cs}]/u.test(text.replace(/[\n\t]/g, ' '))) return 'it holds a control character; take it out'
  return [...text].length > most ? `it is longer than ${most} characters; shorten it` : null
}

function checkShares(variations: readonly Variation[]): Wrong | null {
  const [control, ...others] = variations
  if (control?.id !== 'control' || control.change.kind !== 'nothing')
    return wrong('variations', 'the first is the control: give it the id "control" and the change "nothing"')
  if (others.length < 1 || others.length > VARIATIONS_MAX)
    return wrong('variations', `beside the control there are 1 to ${VARIATIONS_MAX}; name them`)
  for (const [i, { id, name, share }] of variations.entries()) {
    const at = `variations.${i}`
    if (!idShape.test(id) || id.length > EXPERIMENT_ID_MAX)
      return wrong(`${at}.id`, `write lower case letters, digits and dashes, at most ${EXPERIMENT_ID_MAX}`)
    if (variations.findIndex((one) => one.id === id) !== i)
      return wrong(`${at}.id`, `"${id}" stands there twice; give each its own`)
    const ofName = checkText(name, NAME_MAX)
    if (ofName !== null) return wrong(`${at}.name`, ofName)
    if (!(share > 0 && share < 1)) return wrong(`${at}.share`, 'it lies between 0 and 1, such as 0.5')
  }
  const sum = variations.reduce((all, { share }) => all + share, 0)
  // Thirds may be written as 0.333.
  if (Math.abs(sum - 1) > 0.005)
    return wrong('variations', `their shares make ${Number(sum.toFixed(3))}; let them make 1`)
  return null
}

function checkChange(change: VariationChange, field: string): Wrong | null {
  switch (change.kind) {
    case 'pairing':
      return change.anchor === change.addOn
        ? wrong(`${field}.addOn`, 'a pairing to try has another product than its anchor; name one')
        : null
    case 'need': {
      const need = checkNeed(change.sentence)
      if (need.kind === 'wrong') return wrong(`${field}.sentence`, need.why)
      return need.sentence.includes('{days}')
        ? wrong(`${field}.sentence`, 'a sentence that is tried cannot hold {days}; leave it out')
        : null
    }
    case 'discount':
      return change.percent > 0 && change.percent <= DISCOUNT_PERCENT_MAX
        ? null
        : wrong(`${field}.percent`, `it lies above 0 and is at most ${DISCOUNT_PERCENT_MAX}`)
    case 'timing':
      return Number.isInteger(change.days) && change.days !== 0 && Math.abs(change.days) <= TIMING_DAYS_MAX
        ? null
        : wrong(`${field}.days`, `whole days from -${TIMING_DAYS_MAX} to ${TIMING_DAYS_MAX}, and not 0`)
    default:
      return null
  }
}

/** What all variations change, without how. */
function subjectOf(change: VariationChange): string {
  switch (change.kind) {
    case 'pairing':
      return JSON.stringify([change.kind, change.anchor])
    case 'need':
      return JSON.stringify([change.kind, change.anchor, change.addOn])
    case 'discount':
      return JSON.stringify([change.kind, change.addOn])
    case 'timing':
      return JSON.stringify([change.kind, change.flow])
    default:
      return change.kind
  }
}

function checkQuestion([, ...tried]: readonly Variation[]): Wrong | null {
  if (tried.some(({ change }) => change.kind === 'nothing'))
    return wrong('variations', 'one beside the control changes nothing; let each change something')
  if (new Set(tried.map(({ change }) => subjectOf(change))).size > 1)
    return wrong(
      'variations',
      'they change different things; one experiment asks one question, so make an experiment of each',
    )
  if (new Set(tried.map(({ change }) => JSON.stringify(change))).size < tried.length)
    return wrong('variations', 'two of them do the same; leave one out')
  return null
}
