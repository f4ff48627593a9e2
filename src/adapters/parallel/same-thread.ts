// Runs jobs in the calling thread, one after another: for small work and for tests. Goes in: a job. Comes out: its
// answer. A module without the named function fails an assert.

import type { Parallel } from '../../ports/parallel.ts'
import { loadJob } from './load-job.ts'

export function sameThread(): Parallel {
  return {
    size: 1,
    run: async (job, input) => (await loadJob(job.module.href, job.exportName))(input) as never,
    rest: async () => {},
    close: async () => {},
  }
}
