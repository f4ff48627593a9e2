// Round after round of some background work, soon again where there was something to do. A round that fails is logged and
// comes again; one that fails over and over waits longer. Stops after the round under way, which may ask whether to hurry.

import type { Logger } from 'pino'

const BUSY_MS = 100
const IDLE_MS = 1000
const FAILED_MAX_MS = 30_000

export type Rounds = { stop(): Promise<void> }

/** `round` says whether there was something to do. */
export function startRounds(
  log: Pick<Logger, 'error'>,
  round: (isStopping: () => boolean) => Promise<boolean>,
): Rounds {
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
    while (!isStopped) {
      try {
        const wasBusy = await round(() => isStopped)
        failures = 0
        if (!isStopped) await rest(wasBusy ? BUSY_MS : IDLE_MS)
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
