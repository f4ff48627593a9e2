// What plans changed, as people read it: pairings that were retired, each with its day, its reason and what takes its
// place, and those that were added. The CLI, the API and the owner's page all show these rows. Comes in: a filter and the
// store. Goes out: the newest first; products are named as today's plan or the catalog names them.

import { pairingId } from '../domain/pairing-id.ts'
import type { PlanProduct } from '../domain/plan.ts'
import type { RetireReason } from '../domain/plan-change.ts'
import { readableTitle } from '../domain/product.ts'
import type { ChangeFilter, Store } from '../ports/store.ts'

/** One row of `aftercart pairings --retired --json` and of `GET /v1/plan-changes`. */
export type ChangeRow = {
  readonly kind: 'retired' | 'added'
  /** ISO 8601. */
  readonly at: string
  readonly planVersion: number
  readonly id: string
  readonly anchor: string
  readonly anchorTitle: string
  readonly addOn: string
  readonly addOnTitle: string
  readonly relation: string
  /** `null` for an added one. */
  readonly reason: RetireReason | null
  readonly because: string
  readonly replacedBy: string | null
  readonly replacedByTitle: string | null
}

export async function listChanges(
  filter: ChangeFilter,
  store: Pick<Store, 'listPlanChanges'>,
  products: ReadonlyMap<string, Pick<PlanProduct, 'title'>>,
): Promise<ChangeRow[]> {
  const title = (id: string): string => readableTitle(products.get(id)?.title ?? id)
  return (await store.listPlanChanges(filter)).map((change) => {
    const { kind, anchor, addOn, relation, because, planVersion, atMs } = change
    const replacedBy = change.kind === 'retired' ? change.replacedBy : null
    return {
      kind,
      at: new Date(atMs).toISOString(),
      planVersion,
      id: pairingId(anchor, addOn),
      anchor,
      anchorTitle: title(anchor),
      addOn,
      addOnTitle: title(addOn),
      relation,
      reason: change.kind === 'retired' ? change.reason : null,
      because,
      replacedBy,
      replacedByTitle: replacedBy === null ? null : title(replacedBy),
    }
  })
}
