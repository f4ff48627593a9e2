// "Why this?": the reason of a pick with its figures, and what was set aside, in words that a shopper understands.

import { html } from 'hono/html'
import type { ShownDecision, ShownPick } from '../aftercart-client.ts'
import type { Markup } from './page-layout.ts'

const relationWords: Readonly<Record<ShownPick['relation'], string>> = {
  complete: 'Completes what you bought',
  refill: 'Replaces what gets used up',
  extend: 'A next step',
  upsell: 'A step up from what you bought',
}

const fallbackWords: Readonly<Record<string, string>> = {
  taste:
    'Nothing completes your products surely enough, so this is what customers who chose them often like too.',
  'category-pairing':
    'Your own products had nothing that fits, so this comes from what goes with their category.',
  curated: 'The shop chose this by hand to go with what you bought.',
  'best-seller':
    'Nothing pairs with your products yet, so this is simply what sells best and fits your order.',
}

/** What a rule of the decision says of a product that it set aside. */
const ruleWords: Readonly<Record<string, string>> = {
  'already-in-order': 'already in your order',
  'already-owned': 'something that you already own',
  'variant-of-order': 'another form of what you bought',
  'refused-variant': 'another form of what you bought',
  'variant-of-pick': 'another form of what is shown',
  'refused-substitute': 'a substitute, not an addition',
  'refused-upsell': 'a bigger or dearer version',
  'over-price-ceiling': 'too dear beside this order',
  'wrong-window': 'better at another moment',
  'not-buyable': 'not available now',
  'not-in-catalog': 'not available now',
  'out-of-season': 'out of season',
  'not-goods': 'not a product',
  'other-currency': 'priced in another currency',
  vetoed: 'kept back by the shop',
  paused: 'kept back by the shop',
  'never-with': 'kept back by the shop',
  'only-with': 'kept back by the shop',
  outranked: 'a weaker match',
}

export function whyThis(pick: ShownPick, decision: ShownDecision, anchorTitle: string): Markup {
  const { evidence } = pick
  return html`<details class="why"><summary>Why this?</summary>
<div class="why-body">
<p>${pick.reason}</p>
${fallbackWords[decision.fallback] === undefined ? '' : html`<p>${fallbackWords[decision.fallback]}</p>`}
${
  evidence === null
    ? ''
    : html`<dl class="facts">
<div><dt>Orders with ${anchorTitle}</dt><dd>${count(evidence.orders)}</dd></div>
<div><dt>Orders with both</dt><dd>${count(evidence.ordersTogether)}, that is ${percent(evidence.confidence)}</dd></div>
${evidence.ordersBulk === 0 ? '' : html`<div><dt>Of these very large ones, left out below</dt><dd>${count(evidence.ordersBulk)}</dd></div>`}
${evidence.ordersCampaign === 0 ? '' : html`<div><dt>Of these in one campaign, left out below</dt><dd>${count(evidence.ordersCampaign)}</dd></div>`}
<div><dt>Would be expected by chance</dt><dd>${evidence.expected < 10 ? evidence.expected.toFixed(1) : count(evidence.expected)}</dd></div>
<div><dt>Bought together</dt><dd>${evidence.lift.toFixed(1)} times as often as by chance</dd></div>
<div><dt>Kind</dt><dd>${relationWords[pick.relation]}</dd></div>
</dl>`
}
${setAside(decision)}
<p class="soft small">Counted from the orders of this shop. Nothing about you was passed on to anybody.</p>
</div></details>`
}

function setAside({ dropped }: ShownDecision): Markup {
  const counts = new Map<string, number>()
  for (const { rule } of dropped) {
    const words = ruleWords[rule] ?? 'set aside'
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  if (counts.size === 0) return html``
  const rows = [...counts].sort((one, other) => other[1] - one[1])
  return html`<p class="why-sub">Weighed and set aside</p><ul class="set-aside">${rows.map(
    ([words, times]) => html`<li><span class="set-aside-count">${times}</span> ${words}</li>`,
  )}</ul>`
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}

function percent(share: number): string {
  const value = share * 100
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`
}
