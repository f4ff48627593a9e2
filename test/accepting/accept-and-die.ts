// A process that accepts one offer and, if told to, kills itself with SIGKILL right before or right after one named effect:
// a call to the provider or the shop, or a write to the store. In, as argument: `Task` as JSON. Out, one line each: the
// effects in their order, `before provider.confirm 1`; they are counted by name.

import { writeSync } from 'node:fs'
import type { AcceptingEffects } from '../../src/accepting/accepting-effects.ts'
import { acceptOffer, undoOffer } from '../../src/accepting/answer-offer.ts'
import { openManualClock } from '../../src/adapters/clock/manual-clock.ts'
import { readSecret } from '../../src/adapters/secret/customer-key.ts'
import { openStore } from '../../src/adapters/store/open-store.ts'
import { effectsOver, type Peers } from './outside-world.ts'

export type Task = {
  readonly data: string
  /** PostgreSQL; `null` for the SQLite file in the data folder. */
  readonly databaseUrl: string | null
  readonly nowMs: number
  readonly peers: Peers
  readonly token: string
  /** Accepted only, or accepted and then taken back; the points of the second are those after the acceptance. */
  readonly does: 'accept' | 'undo'
  /** As one of the lines that a run without death prints; `null` to live. */
  readonly dieAt: string | null
}

const task: Task = JSON.parse(process.argv[2] ?? '')
const counts = new Map<string, number>()

function reach(when: 'before' | 'after', name: string): void {
  const count = counts.get(`${when} ${name}`) ?? 1
  counts.set(`${when} ${name}`, count + 1)
  const point = `${when} ${name} ${count}`
  if (point === task.dieAt) process.kill(process.pid, 'SIGKILL')
  writeSync(1, `${point}\n`)
}

/** The same object; its methods of these names stop at their points. */
function mortal<T extends object>(of: string, target: T, names: readonly (keyof T & string)[]): T {
  const changed: T = { ...target }
  for (const name of names) {
    const method = target[name]
    if (typeof method !== 'function') throw new Error(`${of}.${name} is no method`)
    changed[name] = (async (...parameters: unknown[]) => {
      reach('before', `${of}.${name}`)
      const answer: unknown = await method(...parameters)
      reach('after', `${of}.${name}`)
      return answer
    }) as T[typeof name]
  }
  return changed
}

function allMortal(effects: AcceptingEffects): AcceptingEffects {
  const steps = ['create', 'confirm', 'read', 'capture', 'cancel', 'refund'] as const
  const providers = [...effects.providers].map(
    ([name, provider]) => [name, mortal('provider', provider, steps)] as const,
  )
  const { shop } = effects
  return {
    ...effects,
    store: mortal('store', effects.store, ['openAcceptance', 'saveAcceptance', 'addToLedger']),
    shop: shop === null ? null : mortal('shop', shop, ['quote', 'addLine', 'removeLine', 'readOrder']),
    providers: new Map(providers),
  }
}

const store = await openStore({ dataFolder: task.data, databaseUrl: task.databaseUrl ?? undefined })
const effects = effectsOver(store, openManualClock(task.nowMs), readSecret(task.data), task.peers)
if (task.does === 'undo') await acceptOffer(task.token, effects)
await { accept: acceptOffer, undo: undoOffer }[task.does](task.token, allMortal(effects))
await store.close()
