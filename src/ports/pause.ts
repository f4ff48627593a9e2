// Waiting, as an effect: production waits in real time, a simulation in its own.

export type Pause = {
  sleep(ms: number): Promise<void>
  /** What `work` gives, or `null` after `ms`; the work then goes on by itself and is told by `isOver`. Its failure counts. */
  race<T>(ms: number, work: (isOver: () => boolean) => Promise<T>): Promise<T | null>
}
