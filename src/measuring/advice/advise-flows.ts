// Advice on flows of messages: pause one that people leave by or complain about, and write one anew that paused itself.
// Comes in: what became of each flow's messages in the last 30 days. Only what is surely above the bound is told.

import { wilsonInterval } from '../../stats/wilson-interval.ts'
import type { Estimate } from '../estimate.ts'
import type { RankedAdvice } from './advice.ts'
import type { ShopShare } from './caused-share.ts'
import type { AdviceGround, FlowFacts } from './ground.ts'
import { count, percent } from './say-figures.ts'

/** What cross-sell mail loses everywhere (a public set of 27,000 brands), and a tenth of a point more. */
const UNSUBSCRIBES_USUAL = 0.0089
const UNSUBSCRIBES_MAX = UNSUBSCRIBES_USUAL + 0.001
/** What mailbox providers ask to stay below. */
const COMPLAINTS_MAX = 0.001
const SENT_LEAST = 100
/** What is counted of a flow are 30 days: a month, near enough. */
const MONTH_PER_COUNT = 365.25 / 12 / 30

export function adviseFlows(ground: AdviceGround, shop: ShopShare | null): RankedAdvice[] {
  return ground.flows.flatMap((flow) => {
    if (flow.pausedBecause !== null) return [paused(flow)]
    if (!flow.on || flow.sent < SENT_LEAST) return []
    const leaves = wilsonInterval(flow.unsubscribes, flow.sent).low > UNSUBSCRIBES_MAX
    const complains = wilsonInterval(flow.complaints, flow.sent).low > COMPLAINTS_MAX
    if (!leaves && !complains) return []
    const effect = effectOfPausing(ground, flow, shop)
    if (!complains && effect !== null && effect.high <= 0) return []
    return [
      {
        action: 'pause-flow' as const,
        subject: { kind: 'flow' as const, flow: flow.name },
        sentence: complains
          ? `Pause the flow "${flow.name}": people report it as spam, and mailboxes will turn your other mail away.`
          : `Pause the flow "${flow.name}": more people leave by it than it is worth.`,
        because: `${count(flow.unsubscribes)} of ${count(flow.sent)} (${percent(flow.unsubscribes / flow.sent)}) unsubscribed in 30 days, ${percent(UNSUBSCRIBES_USUAL)} is usual for such mail; ${count(flow.complaints)} complained.${effect === null ? '' : ' The effect is between losing only what this flow would send them, and losing all that such a customer brings in twelve months.'}`,
        effectPerMonthMinor: effect,
        basis: shop === null ? ('attributed' as const) : ('caused' as const),
        command: null,
        button: {
          label: `Pause "${flow.name}"`,
          method: 'PATCH' as const,
          path: `/v1/flows/${encodeURIComponent(flow.name)}`,
          body: { on: false },
        },
        urgency: complains ? ('now' as const) : ('ranked' as const),
      },
    ]
  })
}

/** What the people who leave would have brought, less what the flow's own messages bring. */
function effectOfPausing(
  { figures, customerWorthMinor }: AdviceGround,
  flow: FlowFacts,
  shop: ShopShare | null,
): Estimate | null {
  const messages = figures.placements.find(({ placement }) => placement === 'follow-up')?.messages
  if (customerWorthMinor === null || messages === undefined || messages.sent === 0) return null
  const perMessage =
    (messages.convertedMinor / messages.sent) * (figures.marginShare ?? 1) * (shop?.value ?? 1)
  const brings = flow.sent * MONTH_PER_COUNT * perMessage
  const range = wilsonInterval(flow.unsubscribes, flow.sent)
  const leaving = flow.unsubscribes * MONTH_PER_COUNT
  const high = range.high * flow.sent * MONTH_PER_COUNT * customerWorthMinor - brings
  const low = range.low * flow.sent * MONTH_PER_COUNT * 12 * perMessage - brings
  const value = (leaving * (customerWorthMinor + 12 * perMessage)) / 2 - brings
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}

function paused({ name, pausedBecause }: FlowFacts): RankedAdvice {
  return {
    action: 'rewrite',
    subject: { kind: 'flow', flow: name },
    sentence: `The flow "${name}" paused itself: write it anew, or let it come later, before you turn it on again.`,
    because: `${pausedBecause ?? ''}.`,
    effectPerMonthMinor: null,
    basis: null,
    command: null,
    button: null,
    urgency: 'ranked',
  }
}
