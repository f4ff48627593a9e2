// Runs jobs on worker threads, started when first needed. Goes in: jobs; shared typed arrays are not copied. Comes out:
// their answers. A job that throws rejects with its error; a thread that dies (out of memory) rejects its job with that
// error, and the next job gets a new thread. `close` ends the threads; without it the process would not end.

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Parallel } from '../../ports/parallel.ts'
import type { WorkerAnswer, WorkerTask } from './worker-entry.ts'

/**
 * Jobs work on typed arrays, which lie outside of V8's heap, and leave little garbage. With V8's default (48 MB) each
 * thread lets that little pile up first.
 */
const maxYoungGenerationSizeMb = 8

type Waiting = {
  readonly task: WorkerTask
  readonly resolve: (output: never) => void
  readonly reject: (error: unknown) => void
}

// The entry stands beside this file, as TypeScript in the repository and as JavaScript in the published package.
const entry = new URL(`./worker-entry${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

export function workerThreads(size: number = availableParallelism()): Parallel {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: Waiting[] = []
  let closed = false

  function handOut(): void {
    while (waiting.length > 0 && (idle.length > 0 || all.size < size)) {
      const worker = idle.pop() ?? startWorker()
      const next = waiting.shift()
      if (next !== undefined) give(worker, next)
    }
  }

  function startWorker(): Worker {
    const worker = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb } })
    all.add(worker)
    return worker
  }

  function give(worker: Worker, { task, resolve, reject }: Waiting): void {
    // Named listeners, taken off one by one: the thread keeps listeners of its own on the same object.
    const settle = (act: () => void, isAlive: boolean) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      if (isAlive) idle.push(worker)
      else all.delete(worker)
      act()
      handOut()
    }
    const onMessage = (answer: WorkerAnswer) =>
      settle(
        answer.kind === 'done' ? () => resolve(answer.output as never) : () => reject(answer.error),
        true,
      )
    const onError = (error: unknown) => settle(() => reject(error), false)
    const onExit = (code: number) =>
      settle(
        () => reject(new Error(`a worker thread ended with code ${code} in the middle of its job`)),
        false,
      )
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(task)
  }

  return {
    size,
    run: (job, input) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the worker threads are closed'))
        waiting.push({
          task: { module: job.module.href, exportName: job.exportName, input },
          resolve: resolve as (output: never) => void,
          reject,
        })
        handOut()
      }),
    rest: async () => {
      const resting = idle.splice(0)
      for (const worker of resting) all.delete(worker)
      await Promise.all(resting.map((worker) => worker.terminate()))
    },
    close: async () => {
      closed = true
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}
