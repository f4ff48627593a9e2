// The front page beside the list: what the columns mean, and the strongest pairings of the whole plan.

import type { PairingRow } from '../deciding/list-pairings.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { PairingsTable } from './pairings-table.tsx'
import { useTitle } from './route.ts'

const SHOWN = 12

export function StrongestPairings({
  attempt,
  again,
}: {
  readonly attempt: number
  readonly again: () => void
}) {
  useTitle('Pairings')
  const loaded = useLoaded<readonly PairingRow[]>(`/v1/pairings?limit=${SHOWN}`, attempt)
  return (
    <section className="anchor-view" aria-labelledby="strongest-title">
      <div className="title-row">
        <h2 id="strongest-title">The strongest pairings</h2>
      </div>
      <p className="soft">
        Choose a product to see its neighbourhood. <em>Together</em>: orders that hold both. <em>Lift</em>:
        how many times as often as by chance. <em>Confidence</em>: of the orders with the product, the share
        that holds the add-on too. <em>Price</em>: what the add-on costs beside it.
      </p>
      {loaded.kind === 'loading' && <Loading what="pairings" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && loaded.value.length > 0 && (
        <PairingsTable rows={loaded.value} caption="The strongest pairings of all products" withAnchor />
      )}
    </section>
  )
}
