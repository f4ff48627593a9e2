// Finds the function of a job. Goes in: the module's address and the name of its export. Comes out: the function.

import assert from 'node:assert/strict'

export async function loadJob(module: string, exportName: string): Promise<(input: unknown) => unknown> {
  const exports: Record<string, unknown> = await import(module)
  const found = exports[exportName]
  assert(typeof found === 'function', `${module} exports no function ${exportName}`)
  return (input) => found(input)
}
