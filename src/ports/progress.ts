// Long work says how far it is. The command line draws a bar on a terminal; tests and servers stay silent.

export type Progress = {
  /** Starts or replaces the current step, named as a person would ("Reading orders.csv"). */
  step(name: string): void
  /** How far the current step is, in [0, 1]. */
  fraction(done: number): void
}

export const silentProgress: Progress = { step() {}, fraction() {} }
