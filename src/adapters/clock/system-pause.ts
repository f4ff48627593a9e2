// Waiting in real time. A timer keeps no process alive that has nothing else to do.

import type { Pause } from '../../ports/pause.ts'

export const systemPause: Pause = {
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
  async race(ms, work) {
    let isOver = false
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        isOver = true
        resolve(null)
      }, ms)
    })
    try {
      return await Promise.race([work(() => isOver), tooLong])
    } finally {
      clearTimeout(timer)
      isOver = true
    }
  },
}
