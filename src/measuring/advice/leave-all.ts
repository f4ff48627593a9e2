// What is said where there is nothing to advise. Comes in: the ground. Goes out: one piece of advice, to leave all as it is, or to
// change no pairing yet, with what to plan with where the hold-out has answered.

import { isoDate } from '../../domain/instant.ts'
import type { RankedAdvice } from './advice.ts'
import { nothingToDo } from './advise-waiting.ts'
import { shopShare } from './caused-share.ts'
import { type AdviceGround, perMonth, SHOWN_LEAST } from './ground.ts'
import { count, countOf, roundMoney } from './say-figures.ts'

/**
 * Nothing is surely better than what is: because all was looked at, or because hardly anything could be. The first is said only
 * where most of what was shown stands behind it.
 */
export function leaveAll({ figures }: AdviceGround): RankedAdvice {
  const { period } = figures
  const seen = figures.pairings.filter(({ ordersExposed }) => ordersExposed >= SHOWN_LEAST)
  const shown = seen.reduce((sum, { ordersExposed }) => sum + ordersExposed, 0)
  const told = shown < figures.total.ordersExposed / 2 ? 0 : seen.length
  const only = seen.length === 0 ? 'none' : `only ${count(seen.length)} of ${count(figures.pairings.length)}`
  const most = Math.max(0, ...figures.pairings.map(({ ordersExposed }) => ordersExposed))
  const words =
    told === 0
      ? {
          sentence: `Change no pairing yet: ${only} ${seen.length > 1 ? 'were' : 'was'} seen by ${SHOWN_LEAST} orders, so none can be told from another.`,
          because: `The one that was seen most has ${countOf(most, 'showing')} in this period; a longer period has more.`,
          command: `aftercart report --from ${isoDate(2 * period.fromMs - period.toMs)}`,
        }
      : {
          sentence: 'Leave everything as it is: no figure says that a change would bring more.',
          because: `What was looked at: ${countOf(told, 'pairing')} with at least ${SHOWN_LEAST} showings, and all flows. An experiment would find out what could be better.`,
          command: null,
        }
  return {
    ...nothingToDo,
    action: 'keep',
    sentence: words.sentence,
    command: words.command,
    because: `${words.because}${reckonWith(figures)}`,
  }
}

/** What to plan with, where the hold-out has answered. */
function reckonWith(figures: AdviceGround['figures']): string {
  const share = shopShare(figures)
  if (share === null) return ''
  const { total, currency } = figures
  const money = (amount: number): string => roundMoney(Math.round(amount), currency)
  const attributed = perMonth(figures, total.netMinor)
  return ` Reckon with about ${money(attributed * share.value)} a month that offers cause, not with the ${money(attributed)} they are credited with.`
}
