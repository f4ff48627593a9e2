// One product: its neighbourhood as a picture, and the same as a table with all evidence.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { PairingRow } from '../deciding/list-pairings.ts'
import { AddPairing } from './add-pairing.tsx'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { Neighbourhood } from './neighbourhood.tsx'
import { ColumnMeanings, PairingsTable } from './pairings-table.tsx'
import { useTitle } from './route.ts'
import { countOf, isOffered } from './words.ts'

type Props = { readonly id: string; readonly attempt: number; readonly again: () => void }

export function AnchorView({ id, attempt, again }: Props) {
  const loaded = useLoaded<readonly PairingRow[]>(
    `/v1/pairings?${new URLSearchParams({ anchor: id, limit: '200' })}`,
    attempt,
  )
  return (
    <section className="anchor-view">
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
  const [added, setAdded] = useState<readonly PairingRow[]>([])
  const changed = (row: PairingRow) => setChanges(new Map(changes).set(row.id, row))
  const add = (row: PairingRow) => {
    if (!rows.some(({ id }) => id === row.id)) setAdded([...added.filter(({ id }) => id !== row.id), row])
    changed(row)
  }
  const first = rows[0]
  useTitle(first?.anchorTitle ?? id)
  if (first === undefined) {
    return (
      <>
        <div className="message">
          <h2 ref={heading} tabIndex={-1}>
            No pairings for product {id}
          </h2>
          <p>It was bought too seldom together with anything else, or it is not in the plan.</p>
        </div>
        {added.length > 0 && <PairingsTable rows={added} caption="Pairings of your own" changed={changed} />}
        <AddPairing anchor={id} added={add} />
      </>
    )
  }
  // A row stays in the table where it was found, whatever is said of it: it would take the focus along otherwise.
  const said = (row: PairingRow): PairingRow => changes.get(row.id) ?? row
  const live = [...rows.filter(isOffered), ...added]
  const easy = live.filter((row) => !isDear(row)).map(said)
  const dear = live.filter(isDear).map(said)
  const kept = rows.filter((row) => !isOffered(row)).map(said)
  const title = first.anchorTitle
  return (
    <>
      <div className="title-row">
        <h2 ref={heading} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h2>
        <p className="soft">
          <bdi>{id}</bdi> · {countOf(first.orders, 'order')}
        </p>
      </div>
      <Neighbourhood title={title} live={[...easy, ...dear]} refused={kept} />
      <Section
        name="Offered with it"
        note={<ColumnMeanings />}
        rows={easy}
        changed={changed}
        caption={`Offered with ${title}`}
      />
      <Section
        name="Only in larger orders"
        note="Dearer than the product itself. The price ceiling lets them pass from the order value that stands with each."
        rows={dear}
        changed={changed}
        caption={`Offered with ${title} in larger orders`}
      />
      <Section
        name="Not offered"
        note="Refused by the evidence, or kept out by you. The reason stands with each."
        rows={kept}
        changed={changed}
        caption={`Pairings of ${title} that are not offered`}
      />
      <AddPairing anchor={id} added={add} />
    </>
  )
}

/** Dearer than its anchor, and kept by the price ceiling from orders that hold one piece of it. */
function isDear({ priceRatio, priceFit }: PairingRow): boolean {
  return priceFit.fits === 'no-order' || (priceFit.fits === 'larger-orders' && (priceRatio ?? 0) > 1)
}

type SectionProps = {
  readonly name: string
  readonly note?: ReactNode
  readonly rows: readonly PairingRow[]
  readonly caption: string
  readonly changed: (row: PairingRow) => void
}

function Section({ name, note, rows, caption, changed }: SectionProps) {
  if (rows.length === 0) return null
  return (
    <>
      <h3>{name}</h3>
      {note !== undefined && <p className="soft">{note}</p>}
      <PairingsTable rows={rows} caption={caption} changed={changed} />
    </>
  )
}
