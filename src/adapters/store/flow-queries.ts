// Flows that were turned on, off or paused over what the settings say: one row each, the latest word.

import type { FlowState } from '../../ports/message-store.ts'
import type { StoreDatabase } from './store-database.ts'
import { requireStorableKey } from './stored-json.ts'

export async function setFlow(database: StoreDatabase, flow: string, state: FlowState): Promise<void> {
  requireStorableKey(flow, 'flow')
  const row = { is_on: state.on ? 1 : 0, paused_because: state.pausedBecause, at_ms: state.atMs }
  await database.write((db) =>
    db
      .insertInto('flow_states')
      .values({ flow, ...row })
      .onConflict((conflict) =>
        conflict.column('flow').doUpdateSet(row).where('flow_states.at_ms', '<=', state.atMs),
      )
      .execute(),
  )
}

export async function listFlows(database: StoreDatabase): Promise<ReadonlyMap<string, FlowState>> {
  const rows = await database.read.selectFrom('flow_states').selectAll().orderBy('flow').execute()
  return new Map(
    rows.map((row) => [
      row.flow,
      { on: row.is_on === 1, pausedBecause: row.paused_because, atMs: row.at_ms },
    ]),
  )
}
