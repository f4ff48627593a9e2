// Progress of long work, on standard error and only on a terminal: one line, redrawn ten times a second at most.

import type { Clock } from '../ports/clock.ts'
import { type Progress, silentProgress } from '../ports/progress.ts'
import { plainText } from './output.ts'

const REDRAW_MS = 100
const BAR_WIDTH = 28

export type ProgressBar = Progress & { end(): void }

export function openProgressBar(stream: NodeJS.WriteStream, clock: Clock): ProgressBar {
  if (!stream.isTTY) return { ...silentProgress, end() {} }
  let name = ''
  let startedMs = clock.nowMs()
  let drawnMs = 0
  const draw = (done: number): void => {
    drawnMs = clock.nowMs()
    const filled = Math.round(Math.min(1, Math.max(0, done)) * BAR_WIDTH)
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
    const seconds = ((drawnMs - startedMs) / 1000).toFixed(1)
    stream.write(`\r\x1b[2K${bar} ${name} ${seconds} s`)
  }
  return {
    step(next) {
      name = plainText(next)
      startedMs = clock.nowMs()
      draw(0)
    },
    fraction(done) {
      if (clock.nowMs() - drawnMs >= REDRAW_MS) draw(done)
    },
    end() {
      stream.write('\r\x1b[2K')
    },
  }
}
