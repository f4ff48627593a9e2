import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import type { Decision } from '../domain/decision.ts'
import { type OwnerWord, wordKey } from '../domain/owner-word.ts'
import type { Placement } from '../domain/placement.ts'
import type { Plan } from '../domain/plan.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { guidePlan } from './guide-plan.ts'
import { openOwnerGuide } from './owner-guide.ts'

const nowMs = Date.UTC(2026, 0, 15)

const machine = tinyProduct('machine', 40_000, { category: 'makers' })
const cleaner = tinyProduct('cleaner', 1400, { category: 'care' })
const beans = tinyProduct('beans', 1200, { category: 'coffee' })
const mug = tinyProduct('mug', 900, { category: 'coffee' })
const grinder = tinyProduct('grinder', 30_000, { category: 'makers' })
const other = tinyProduct('other-machine', 10_000, { category: 'makers' })

const products = [machine, cleaner, beans, mug, grinder, other]
const upsell = tinyPairing('machine', 'other-machine', 0.2, {
  verdict: { status: 'refused', relation: 'upsell', because: 'a step up', decidedBy: 'price' },
  need: '',
  windows: [],
})
const plan = tinyPlan(products, [
  tinyPairing('machine', 'cleaner', 0.5),
  tinyPairing('machine', 'beans', 0.4),
  tinyPairing('machine', 'grinder', 0.3),
  upsell,
])
const boughtMachine = tinyOrder([['machine', 1, 40_000]])

function decide(
  words: readonly OwnerWord[],
  more: Partial<{ plan: Plan; order: typeof boughtMachine; placement: Placement; nowMs: number }> = {},
) {
  const held = words.map((word, place) => ({
    key: wordKey(word),
    word,
    source: 'cli' as const,
    saidBy: 'Zoë',
    saidAtMs: 0,
    sequence: place + 1,
  }))
  const guide = openOwnerGuide(held, held.length)
  const guided = guidePlan(more.plan ?? plan, guide, defaultSettings)
  return choosePicks(
    more.order ?? boughtMachine,
    null,
    more.placement ?? 'confirmation-email',
    guided,
    defaultSettings,
    { guide, nowMs: more.nowMs ?? nowMs },
  )
}

const picksOf = ({ picks }: Pick<Decision, 'picks'>) => picks.map(({ product }) => product)
const ruleOf = ({ dropped }: Pick<Decision, 'dropped'>, product: string) =>
  dropped.find((one) => one.product === product)?.rule

const standing = (addOn: string, is: 'approved' | 'vetoed' | 'pinned', anchor = 'machine'): OwnerWord => ({
  kind: 'standing',
  anchor,
  addOn,
  standing: is,
})

test('a vetoed pairing is not offered and says so; the next best takes its place', () => {
  const choice = decide([standing('cleaner', 'vetoed')])
  assert.deepEqual(picksOf(choice), ['beans'])
  assert.equal(ruleOf(choice, 'cleaner'), 'vetoed')
})

test('what the owner keeps apart never stands side by side as two picks, whichever of the two the rule names first', () => {
  const subjects = [{ product: 'beans' }, { category: 'care' }] as const
  for (const [addOn, kept] of [subjects, subjects.toReversed()] as const) {
    if (addOn === undefined || kept === undefined) continue
    const choice = decide([{ kind: 'never-with', addOn, with: kept }])
    assert.deepEqual(picksOf(choice), ['cleaner'])
    assert.equal(ruleOf(choice, 'beans'), 'never-with')
  }
  assert.deepEqual(picksOf(decide([])), ['cleaner', 'beans'])
})

test('a veto holds on the steps below the pairings too, for every product of the order', () => {
  const bare = tinyPlan(products, [], { bestSellers: ['mug', 'beans'] })
  const order = tinyOrder([
    ['machine', 1, 40_000],
    ['grinder', 1, 30_000],
  ])
  const choice = decide([standing('mug', 'vetoed', 'grinder')], { plan: bare, order })
  assert.equal(choice.fallback, 'best-seller')
  assert.deepEqual(picksOf(choice), ['beans'])
  assert.equal(ruleOf(choice, 'mug'), 'vetoed')
})

test('a pause ends by itself at its date, and what was pinned before is pinned again', () => {
  const untilMs = nowMs + 1
  const words: readonly OwnerWord[] = [
    standing('beans', 'pinned'),
    { kind: 'pause', anchor: 'machine', addOn: 'beans', untilMs },
  ]
  const paused = decide(words)
  assert.deepEqual(picksOf(paused), ['cleaner'])
  assert.equal(ruleOf(paused, 'beans'), 'paused')
  assert.deepEqual(picksOf(decide(words, { nowMs: untilMs })), ['beans', 'cleaner'])
})

test('a pinned pairing comes first, and still obeys the order, the stock, the limit and the price ceiling', () => {
  assert.deepEqual(picksOf(decide([standing('beans', 'pinned')])), ['beans', 'cleaner'])
  const held = tinyOrder([
    ['machine', 1, 40_000],
    ['beans', 1, 1200],
  ])
  assert.equal(ruleOf(decide([standing('beans', 'pinned')], { order: held }), 'beans'), 'already-in-order')
  const soldOut = tinyPlan(
    [machine, cleaner, { ...beans, buyable: false }],
    [...(plan.pairings.get('machine') ?? [])],
  )
  assert.equal(ruleOf(decide([standing('beans', 'pinned')], { plan: soldOut }), 'beans'), 'not-buyable')
  const dear = decide([standing('grinder', 'pinned')])
  assert.equal(ruleOf(dear, 'grinder'), 'over-price-ceiling')
  assert.equal(picksOf(decide(['cleaner', 'beans', 'mug'].map((id) => standing(id, 'pinned')))).length, 2)
})

test('the owner’s ceiling of a category stands in place of the settings’, and never reaches the subtotal', () => {
  const ceiling: OwnerWord = { kind: 'ceiling', category: 'makers', anchorShare: 10, subtotalShare: 10 }
  assert.deepEqual(picksOf(decide([standing('grinder', 'pinned'), ceiling])), ['grinder', 'cleaner'])
  const dearer = tinyPlan(
    [machine, { ...grinder, priceMinor: 40_000 }],
    [tinyPairing('machine', 'grinder', 0.3)],
  )
  assert.equal(ruleOf(decide([ceiling], { plan: dearer }), 'grinder'), 'over-price-ceiling')
})

test('an approved refused pairing is live with its evidence and says what the plan had said', () => {
  assert.equal(ruleOf(decide([]), 'other-machine'), 'refused-upsell')
  const choice = decide([
    standing('other-machine', 'approved'),
    standing('cleaner', 'vetoed'),
    standing('beans', 'vetoed'),
  ])
  assert.deepEqual(picksOf(choice), ['other-machine'])
  assert.deepEqual(choice.picks[0]?.evidence, upsell.evidence)
  assert.match(choice.picks[0]?.reason ?? '', /^Bought together in 40 of 100 orders/)
})

test('an added pairing says that it is curated, claims no counts, and stands below what orders show unless pinned', () => {
  const added: OwnerWord = { kind: 'curated', anchor: 'machine', addOn: 'mug', relation: 'complete' }
  assert.deepEqual(picksOf(decide([added])), ['cleaner', 'beans'])
  const bare = tinyPlan(products, [])
  const alone = decide([added], { plan: bare })
  assert.equal(alone.fallback, 'curated')
  assert.deepEqual(picksOf(alone), ['mug'])
  assert.equal(alone.picks[0]?.evidence, null)
  assert.match(alone.picks[0]?.reason ?? '', /^curated: added by the owner/)
  const pinned = decide([added, standing('mug', 'pinned')])
  assert.deepEqual(picksOf(pinned), ['mug', 'cleaner'])
})

test('an added next step is offered in follow-ups, and an added refill without a known rhythm too', () => {
  const bare = tinyPlan(products, [])
  for (const [addOn, relation] of [
    ['mug', 'extend'],
    ['machine', 'refill'],
  ] as const) {
    const added: OwnerWord = { kind: 'curated', anchor: 'machine', addOn, relation }
    const choice = decide([added], { plan: bare, placement: 'follow-up' })
    assert.deepEqual(picksOf(choice), [addOn])
    assert.deepEqual(choice.picks[0]?.afterDays, 3)
    assert.doesNotMatch(choice.picks[0]?.need ?? '', /\d/)
    assert.equal(ruleOf(decide([added], { plan: bare }), addOn), 'wrong-window')
  }
})

test('the owner’s need sentence stands in place of the plan’s, filled in; one with unknown days does not', () => {
  const need = (sentence: string): OwnerWord => ({
    kind: 'need',
    anchor: 'machine',
    addOn: 'cleaner',
    sentence,
  })
  assert.equal(decide([need('Keeps your {anchor} clean.')]).picks[0]?.need, 'Keeps your machine clean.')
  assert.equal(decide([need('Lasts {days} days.')]).picks[0]?.need, 'Goes with your machine.')
})

test('never with: by product, by category, and with nothing at all', () => {
  for (const word of [
    { kind: 'never-with', addOn: { product: 'cleaner' }, with: { category: 'makers' } },
    { kind: 'never-with', addOn: { category: 'care' }, with: { product: 'machine' } },
    { kind: 'never-with', addOn: { category: 'care' }, with: null },
  ] as const) {
    const choice = decide([word])
    assert.deepEqual(picksOf(choice), ['beans'])
    assert.equal(ruleOf(choice, 'cleaner'), 'never-with')
  }
  const elsewhere = { kind: 'never-with', addOn: { product: 'cleaner' }, with: { product: 'mug' } } as const
  assert.deepEqual(picksOf(decide([elsewhere])), ['cleaner', 'beans'])
})

test('only with: the order must hold one of them, whichever product proposes it', () => {
  const only = (...categories: string[]): OwnerWord => ({
    kind: 'only-with',
    addOn: { product: 'cleaner' },
    with: categories.map((category) => ({ category })),
  })
  assert.equal(ruleOf(decide([only('coffee')]), 'cleaner'), 'only-with')
  assert.deepEqual(picksOf(decide([only('coffee', 'makers')])), ['cleaner', 'beans'])
})

test('words about products that the plan does not know change nothing', () => {
  const before = decide([])
  assert.deepEqual(
    decide([standing('gone', 'pinned'), standing('mug', 'approved', 'gone'), standing('x', 'vetoed', 'y')]),
    before,
  )
})
