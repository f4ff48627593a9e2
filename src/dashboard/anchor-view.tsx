// One product: its neighbourhood as a picture, and the same as a table with all evidence.

import { useEffect, useRef, useState } from 'react'
import type { PairingRow } from './answers.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { Neighbourhood } from './neighbourhood.tsx'
import { PairingsTable } from './pairings-table.tsx'
import { count, isOffered } from './words.ts'

type Props = { readonly id: string; readonly attempt: number; readonly again: () => void }

export function AnchorView({ id, attempt, again }: Props) {
  const loaded = useLoaded<readonly PairingRow[]>(
    `/v1/pairings?${new URLSearchParams({ anchor: id, limit: '200' })}`,
    attempt,
  )
  return (
    <section className="anchor-view" aria-live="off">
      <p className="back">
        <a href="#/">All products</a>
      </p>
      {loaded.kind === 'loading' && <Loading what="its pairings" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && <Pairings id={id} rows={loaded.value} />}
    </section>
  )
}

function Pairings({ id, rows }: { readonly id: string; readonly rows: readonly PairingRow[] }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const [changes, setChanges] = useState<ReadonlyMap<string, PairingRow>>(new Map())
  const first = rows[0]
  if (first === undefined) {
    return (
      <div className="message">
        <h2 ref={heading} tabIndex={-1}>
          No pairings for product {id}
        </h2>
        <p>It was bought too seldom together with anything else, or it is not in the plan.</p>
      </div>
    )
  }
  // A row stays in the table where it was found, whatever is said of it: it would take the focus along otherwise.
  const said = (row: PairingRow): PairingRow => changes.get(row.id) ?? row
  const live = rows.filter(isOffered).map(said)
  const kept = rows.filter((row) => !isOffered(row)).map(said)
  const changed = (row: PairingRow) => setChanges(new Map(changes).set(row.id, row))
  return (
    <>
      <div className="title-row">
        <h2 ref={heading} tabIndex={-1}>
          {first.anchorTitle}
        </h2>
        <p className="soft">
          {id} · {count(first.orders)} orders
        </p>
      </div>
      <Neighbourhood title={first.anchorTitle} live={live} refused={kept} />
      {live.length > 0 && (
        <>
          <h3>Offered with it</h3>
          <PairingsTable
            rows={live}
            caption={`Pairings of ${first.anchorTitle} that are offered`}
            changed={changed}
          />
        </>
      )}
      {kept.length > 0 && (
        <>
          <h3>Not offered</h3>
          <p className="soft">Refused by the evidence, or kept out by you. The reason stands with each.</p>
          <PairingsTable
            rows={kept}
            caption={`Pairings of ${first.anchorTitle} that are not offered`}
            changed={changed}
          />
        </>
      )}
    </>
  )
}
