// One product: its neighbourhood as a picture, and the same as a table with all evidence.

import { useEffect, useRef } from 'react'
import type { PairingRow } from './answers.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { Neighbourhood } from './neighbourhood.tsx'
import { PairingsTable } from './pairings-table.tsx'
import { count } from './words.ts'

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
  const live = rows.filter((row) => row.status === 'live')
  const refused = rows.filter((row) => row.status === 'refused')
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
      <Neighbourhood title={first.anchorTitle} live={live} refused={refused} />
      {live.length > 0 && (
        <>
          <h3>Offered with it</h3>
          <PairingsTable rows={live} caption={`Pairings of ${first.anchorTitle} that are offered`} />
        </>
      )}
      {refused.length > 0 && (
        <>
          <h3>Refused</h3>
          <p className="soft">Bought together, but not offered. The reason stands with each.</p>
          <PairingsTable rows={refused} caption={`Refused pairings of ${first.anchorTitle}`} />
        </>
      )}
    </>
  )
}
