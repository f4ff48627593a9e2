import assert from 'node:assert/strict'
import nodeTest from 'node:test'
import { isMainThread } from 'node:worker_threads'
import type { Job, Parallel } from '../../ports/parallel.ts'
import { sameThread } from './same-thread.ts'
import { workerThreads } from './worker-threads.ts'

// The threads load this very file to find the jobs below; only the main thread runs the tests.
const test: (name: string, run: () => Promise<void>) => void = isMainThread ? nodeTest : () => {}

export function double(column: Uint32Array): { doubled: Uint32Array } {
  return { doubled: column.map((value) => value * 2) }
}

export function fail(message: string): never {
  throw new RangeError(message)
}

export function end(): void {
  process.exit(3)
}

const doubleJob: Job<Uint32Array, { doubled: Uint32Array }> = jobOf('double')
const failJob: Job<string, never> = jobOf('fail')
const endJob: Job<null, void> = jobOf('end')

function jobOf<Input, Output>(exportName: string): Job<Input, Output> {
  return { module: new URL(import.meta.url), exportName }
}

async function using(parallel: Parallel, act: (parallel: Parallel) => Promise<void>): Promise<void> {
  try {
    await act(parallel)
  } finally {
    await parallel.close()
  }
}

for (const [name, make] of [
  ['the same thread', sameThread] as const,
  ['worker threads', () => workerThreads(2)] as const,
]) {
  test(`${name}: many more jobs than threads all get their own answer`, () =>
    using(make(), async (parallel) => {
      const inputs = Array.from({ length: 20 }, (_, n) => Uint32Array.of(n, n + 1))
      const answers = await Promise.all(inputs.map((input) => parallel.run(doubleJob, input)))
      assert.deepEqual(
        answers.map(({ doubled }) => [...doubled]),
        inputs.map((input) => [...input].map((value) => value * 2)),
      )
    }))

  test(`${name}: a job that throws rejects with its error, and the next one is done`, () =>
    using(make(), async (parallel) => {
      await assert.rejects(parallel.run(failJob, 'no such row'), {
        name: 'RangeError',
        message: 'no such row',
      })
      assert.deepEqual([...(await parallel.run(doubleJob, Uint32Array.of(4))).doubled], [8])
    }))
}

test('shared memory is seen by the thread, not copied to it', () =>
  using(workerThreads(1), async (parallel) => {
    const column = new Uint32Array(new SharedArrayBuffer(8))
    column[1] = 21
    const { doubled } = await parallel.run(doubleJob, column)
    assert.deepEqual([...doubled], [0, 42])
    assert.equal(column[1], 21)
  }))

test('a thread that dies rejects its job, and the next job gets a new thread', () =>
  using(workerThreads(1), async (parallel) => {
    await assert.rejects(parallel.run(endJob, null), /ended with code 3/)
    assert.deepEqual([...(await parallel.run(doubleJob, Uint32Array.of(4))).doubled], [8])
  }))

test('threads that rest give their answers before and after', () =>
  using(workerThreads(2), async (parallel) => {
    assert.deepEqual([...(await parallel.run(doubleJob, Uint32Array.of(3))).doubled], [6])
    await parallel.rest()
    assert.deepEqual([...(await parallel.run(doubleJob, Uint32Array.of(4))).doubled], [8])
  }))

test('after closing, no job is taken', async () => {
  const parallel = workerThreads(1)
  await parallel.close()
  await assert.rejects(parallel.run(doubleJob, Uint32Array.of(1)), /closed/)
})
