// The plug point for work that fills a core: a pure function of a module, named by address so that another
// thread can load it, with its input. Goes in: plain values and typed arrays. Comes out: the function's answer.
// Typed arrays on a SharedArrayBuffer are seen by all threads without a copy; other typed arrays that stand at the
// top level of an answer are moved to the caller, not copied. A job that throws rejects its own promise only.

/** A function that another thread can find: the module that exports it, and its name there. */
export type Job<Input, Output> = {
  readonly module: URL
  readonly exportName: string
  /** Never set; it carries the types of the function, so that `run` knows them. */
  readonly signature?: (input: Input) => Output
}

export type Parallel = {
  /** How many jobs run at the same time. */
  readonly size: number
  run<Input, Output>(job: Job<Input, Output>, input: Input): Promise<Output>
  /** Gives back the memory of what waits for jobs; the next job starts it anew. */
  rest(): Promise<void>
  close(): Promise<void>
}
