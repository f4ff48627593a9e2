// The machine's clock: the only place that reads it.

import type { Clock } from '../../ports/clock.ts'

export const systemClock: Clock = { nowMs: () => Date.now() }
