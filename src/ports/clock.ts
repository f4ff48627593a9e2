// The one source of time. Production reads the machine's clock, tests set a manual one.

export type Clock = {
  /** Now, integer milliseconds UTC. */
  nowMs(): number
}
