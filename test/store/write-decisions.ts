// A process that writes to a store until it is done or killed. In, as arguments: the place as JSON, a prefix for order
// ids, a number that marks this writer, how many decisions. Out, one line each, after the store has acknowledged it:
// the order id and the mark of the decision that is stored.

import { writeSync } from 'node:fs'
import { openStore } from '../../src/adapters/store/open-store.ts'
import type { Decision } from '../../src/domain/decision.ts'

const [place = '', prefix = '', mark = '', count = ''] = process.argv.slice(2)
const callers = 16

const store = await openStore(JSON.parse(place))
let next = 0
await Promise.all(
  Array.from({ length: callers }, async () => {
    while (next < Number(count)) {
      const stored = await store.putDecision(decisionFor(`${prefix}-${next++}`))
      writeSync(1, `${stored.orderId} ${stored.decidedAtMs}\n`)
    }
  }),
)
await store.close()

function decisionFor(orderId: string): Decision {
  return {
    orderId,
    placement: 'thank-you',
    decidedAtMs: Number(mark),
    planVersion: 1,
    picks: [],
    fallback: 'helpful-page',
    ladderTrail: [],
    dropped: [],
    droppedUntold: 0,
    withheld: [],
    trials: [],
  }
}
