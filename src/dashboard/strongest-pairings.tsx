// The front page beside the list: what the columns mean, and the strongest pairings of the whole plan. Products that are
// bought as a set of many would fill it with each other, so each product stands once before any stands twice.

import type { PairingRow } from '../deciding/list-pairings.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { ColumnMeanings, PairingsTable } from './pairings-table.tsx'
import { useTitle } from './route.ts'
import { isOffered } from './words.ts'

const ASKED = 200
const SHOWN = 12

export function StrongestPairings({
  attempt,
  again,
}: {
  readonly attempt: number
  readonly again: () => void
}) {
  useTitle('Pairings')
  const loaded = useLoaded<readonly PairingRow[]>(`/v1/pairings?limit=${ASKED}`, attempt)
  const rows = loaded.kind === 'ready' ? eachProductFirst(loaded.value.filter(isOffered)) : []
  return (
    <section className="anchor-view" aria-labelledby="strongest-title">
      <div className="title-row">
        <h2 id="strongest-title">The strongest pairings</h2>
      </div>
      <p className="soft">
        Each product once. Choose one to see all that goes with it. <ColumnMeanings />
      </p>
      {loaded.kind === 'loading' && <Loading what="pairings" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {rows.length > 0 && (
        <PairingsTable
          rows={rows.slice(0, SHOWN)}
          caption="The strongest pairings of all products"
          withAnchor
        />
      )}
    </section>
  )
}

function eachProductFirst(rows: readonly PairingRow[]): readonly PairingRow[] {
  const seen = new Set<string>()
  const first = rows.filter(({ anchor, addOn }) => {
    if (seen.has(anchor) || seen.has(addOn)) return false
    seen.add(anchor).add(addOn)
    return true
  })
  return [...first, ...rows.filter((row) => !first.includes(row))]
}
