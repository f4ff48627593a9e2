// Time of one simulated click: events in the order of their instants, the clock jumps from one to the next. After each
// event every promise that can go on without another event has gone on, so the same seed gives the same run.

import type { Clock } from '../../src/ports/clock.ts'

/** `nothing` says that no promise was begun, and the loop need not turn: so it is with two of three events of a seed. */
type Action = () => void | 'begun' | 'nothing' | Promise<void>

export type Timeline = Clock & {
  at(atMs: number, action: Action): void
  /** Runs all events up to `untilMs`. */
  run(untilMs: number): Promise<void>
}

type Event = { readonly atMs: number; readonly place: number; readonly action: Action }

export function openTimeline(startMs: number): Timeline {
  const heap: Event[] = []
  let now = startMs
  let places = 0
  return {
    nowMs: () => now,
    at(atMs, action) {
      push(heap, { atMs: Math.max(now, Math.ceil(atMs)), place: places++, action })
    },
    async run(untilMs) {
      for (let event = heap[0]; event !== undefined && event.atMs <= untilMs; event = heap[0]) {
        pop(heap)
        now = event.atMs
        const begun = event.action()
        if (begun === 'nothing') continue
        await begun
        // All continuations are promise jobs; they are through when the loop turns.
        await new Promise((resolve) => setImmediate(resolve))
      }
      now = Math.max(now, untilMs)
    },
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.place < b.place)
}

function push(heap: Event[], event: Event): void {
  let place = heap.length
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent]
    if (above === undefined || isBefore(above, event)) break
    heap[place] = above
    place = parent
  }
  heap[place] = event
}

function pop(heap: Event[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    let below = heap[child]
    const right = heap[child + 1]
    if (below !== undefined && right !== undefined && isBefore(right, below)) {
      child++
      below = right
    }
    if (below === undefined || isBefore(last, below)) break
    heap[place] = below
    place = child
  }
  heap[place] = last
}
