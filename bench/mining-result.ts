// What both miners hand to `mining.ts`: rows of (question, anchor, add-on, count) as raw 32-bit integers in one fixed
// sequence, so that equal results are equal bytes; and the time and memory of the process so far.

import { writeFile } from 'node:fs/promises'

/** Which count a row holds: orders that hold both, or customers who bought the add-on later. */
export const SAME_ORDER = 0
export const LATER = 1

export const KEPT = 20
export const MIN_COUNT = 5
export const WINDOW_DAYS = 30

export type BestRow = readonly [question: number, anchor: number, addOn: number, count: number]

export async function writeBest(rows: BestRow[], file: string): Promise<void> {
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
  await writeFile(file, Int32Array.from(rows.flat()))
}

export type Measurement = {
  readonly seconds: number
  /** Of all threads, user and system: says more than `seconds` where other work runs on the machine. */
  readonly cpuSeconds: number
  readonly peakBytes: number
  /** Seconds since the start of the process at the end of each step. */
  readonly steps: Readonly<Record<string, number>>
}

/** Counts from the start of the process: loading the code is part of the cost. */
export function stopwatch(): { step(name: string): void; stop(): Measurement } {
  const steps: Record<string, number> = {}
  const seconds = () => performance.now() / 1000
  return {
    step: (name) => {
      steps[name] = seconds()
    },
    stop: () => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
      const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6
      return { seconds: seconds(), cpuSeconds, peakBytes: maxRSS * 1024, steps }
    },
  }
}
