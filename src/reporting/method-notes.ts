// How the figures are made, in plain words; the formulas are in docs/methods.md. Comes in: a report, for its own shares.

import { percent } from '../measuring/advice/say-figures.ts'
import type { Report } from '../measuring/report.ts'

export type MethodNote = { readonly name: string; readonly note: string }

export function methodNotes({ holdOutShare, marginShare }: Report): readonly MethodNote[] {
  return [
    {
      name: 'Attributed and caused',
      note: 'Attributed is what shoppers took from an offer. Some of them would have bought it anyway, a week later or from the next newsletter. Caused is the difference between customers with offers and customers who never got one, over all that they bought.',
    },
    {
      name: 'The hold-out',
      note:
        holdOutShare > 0
          ? `${percent(holdOutShare)} of customers, drawn by lot and kept for good, see the thank-you page without an offer. Everybody is counted on the side they were drawn to, whether or not they took anything.`
          : 'It is off, so nobody can tell what was caused.',
    },
    {
      name: 'The intervals',
      note: 'The true figure lies between the two ends in 95 of 100 cases. Those of what was caused stay true however often you look.',
    },
    {
      name: 'Net',
      note: 'Refunds, cancellations, add-ons that were taken back and add-ons that were never paid are taken off, on the day it happened.',
    },
    {
      name: 'What to change next',
      note: `Ranked by what it may bring a month, in ${marginShare === null ? 'revenue, since no margin is set (measuring.marginShare)' : `margin (${percent(marginShare)} of the price)`}. A rate that rests on few orders is pulled to that of its kind, so that luck does not lead; where the hold-out has answered, only the caused part counts. In 200 shops with planted truth the first advice was among the three best actions in 87 %.`,
    },
    {
      name: 'With and without add-ons',
      note: 'Orders that saw an offer differ from others in more than the offer, so their mean values are facts and not an effect.',
    },
  ]
}
