// The part of the store that tests stand on: which orders take part in which. What has resolved survives `kill -9`.

import type { Trial } from '../domain/trial.ts'

export type TrialStore = {
  /** Of an order and test the first one counts. */
  addTrials(trials: readonly Trial[]): Promise<void>
  /** By test. */
  trialsOfOrder(orderId: string): Promise<Trial[]>
}
