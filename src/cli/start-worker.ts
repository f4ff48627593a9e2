// The background work of a server or of `aftercart worker`: round after round, soon again where there was something to do. A
// round that fails is logged and comes again; one that fails over and over waits longer. Stops after the round under way.

import type { Logger } from 'pino'
import type { AcceptingEffects } from '../accepting/accepting-effects.ts'
import { lookAfterOffers } from '../accepting/look-after-offers.ts'
import { watchDeclines } from '../accepting/watch-declines.ts'

const IDLE_MS = 1000
const FAILED_MAX_MS = 30_000
/** The share of declines is looked at this often. */
const WATCH_MS = 60_000

export type Worker = { stop(): Promise<void> }

export function startWorker(effects: AcceptingEffects, log: Logger): Worker {
  let isStopped = false
  let wake: () => void = () => {}
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const work = async (): Promise<void> => {
    let failures = 0
    let watchedAtMs = Number.NEGATIVE_INFINITY
    while (!isStopped) {
      try {
        const { driven, messages } = await lookAfterOffers(effects)
        if (effects.clock.nowMs() - watchedAtMs >= WATCH_MS) {
          watchedAtMs = effects.clock.nowMs()
          const alarm = await watchDeclines(effects)
          if (alarm !== null) log.error(alarm, 'many declines: this may be card testing')
        }
        failures = 0
        if (!isStopped) await rest(driven + messages > 0 ? 100 : IDLE_MS)
      } catch (error) {
        failures += 1
        log.error({ err: error }, 'a round of background work failed; it is tried again')
        if (!isStopped) await rest(Math.min(FAILED_MAX_MS, IDLE_MS * 2 ** failures))
      }
    }
  }
  const working = work()
  return {
    async stop() {
      isStopped = true
      wake()
      await working
    },
  }
}
