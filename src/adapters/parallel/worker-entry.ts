// The inside of a worker thread: takes one job at a time, answers with what its function returned or threw.

import { parentPort } from 'node:worker_threads'
import { loadJob } from './load-job.ts'

export type WorkerTask = { readonly module: string; readonly exportName: string; readonly input: unknown }

export type WorkerAnswer =
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }

parentPort?.on('message', async (task: WorkerTask) => {
  try {
    const output = await (await loadJob(task.module, task.exportName))(task.input)
    parentPort?.postMessage({ kind: 'done', output } satisfies WorkerAnswer, movable(output))
  } catch (error) {
    parentPort?.postMessage({ kind: 'failed', error } satisfies WorkerAnswer)
  }
})

/** The buffers of typed arrays at the top level of an answer: moving them spares a copy. */
function movable(output: unknown): ArrayBuffer[] {
  if (typeof output !== 'object' || output === null) return []
  const buffers = new Set<ArrayBuffer>()
  for (const part of Object.values(output)) {
    if (ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer) buffers.add(part.buffer)
  }
  return [...buffers]
}
