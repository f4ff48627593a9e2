// Pairings with their evidence, as a table. On a phone each row becomes a card; it stays a table for screen readers.
// Refills and next steps come in later orders: what is counted within one order does not stand with them.

import { useState } from 'react'
import type { PairingRow } from '../deciding/list-pairings.ts'
import { PairingActions } from './pairing-actions.tsx'
import { productLink } from './route.ts'
import {
  comesLater,
  count,
  deciderNames,
  expectedOf,
  isOffered,
  percent,
  priceFitName,
  relationName,
  sentenceOf,
  statusName,
  stepUpNames,
  times,
  windowName,
} from './words.ts'

type Props = {
  readonly rows: readonly PairingRow[]
  readonly caption: string
  readonly withAnchor?: boolean
  /** What the owner says of a row; without it the table is for reading only. */
  readonly changed?: (row: PairingRow) => void
}

const SHOWN = 12

/** Stands above the first table of a page. */
export function ColumnMeanings() {
  return (
    <>
      <em>Together</em>: orders that hold both. <em>Lift</em>: how many times as often as by chance.{' '}
      <em>Confidence</em>: of the orders with the product, the share that holds the add-on too. <em>Price</em>
      : what the add-on costs beside it.
    </>
  )
}

export function PairingsTable({ rows, caption, withAnchor = false, changed }: Props) {
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, SHOWN)
  return (
    <>
      <table className="pairings">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Add-on</th>
            <th scope="col">Relation</th>
            <th scope="col" className="number">
              Together
            </th>
            <th scope="col" className="number">
              Lift
            </th>
            <th scope="col">Confidence</th>
            <th scope="col" className="number">
              Price
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Pairing key={row.id} row={row} withAnchor={withAnchor} changed={changed} />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <button type="button" className="button button-quiet" onClick={() => setAll(true)}>
          Show all {rows.length}
        </button>
      )}
    </>
  )
}

type PairingProps = {
  readonly row: PairingRow
  readonly withAnchor: boolean
  readonly changed: Props['changed']
}

function Pairing({ row, withAnchor, changed }: PairingProps) {
  const { relation, orders, ordersTogether, expected, priceRatio } = row
  const together = !comesLater(row)
  const offered = isOffered(row)
  const limit = priceFitName(row)
  return (
    <tr>
      <th scope="row">
        <a href={productLink(withAnchor ? row.anchor : row.addOn)}>{row.addOnTitle}</a>
        {withAnchor && (
          <span className="soft small">
            with <bdi>{row.anchorTitle}</bdi>
          </span>
        )}
        {offered && row.need !== '' && <span className="need">{row.need}</span>}
        <span className={offered ? 'soft small' : 'need'}>{sentenceOf(row.because)}</span>
        {row.windows.length > 0 && (
          <ul className="windows">
            {row.windows.map((window) => (
              <li key={window.placement}>{windowName(window)}</li>
            ))}
          </ul>
        )}
        {changed !== undefined && <PairingActions row={row} changed={changed} />}
      </th>
      <td data-name="Relation">
        <span className={`relation is-${offered ? relation : 'refused'}`}>{relationName(row)}</span>
        {row.stepUp !== null && <span className="soft small">{stepUpNames[row.stepUp]}, kept aside</span>}
        <span className="soft small">{deciderNames[row.decidedBy]}</span>
        {row.status !== 'live' && row.status !== 'refused' && (
          <span className="standing small">{statusName(row)}</span>
        )}
        {row.notNow !== null && <span className="standing small">Not offered now: {row.notNow}</span>}
        {row.source === 'curated' && <span className="soft small">curated</span>}
        {row.source === 'owner' && <span className="soft small">added by you</span>}
      </td>
      <td data-name="Together" className="number">
        {together ? count(ordersTogether) : '–'}
        {together && (
          <span className="soft small">
            of {count(orders)}, <span className="whole">expected {expectedOf(expected)}</span>
          </span>
        )}
      </td>
      <td data-name="Lift" className="number">
        {together ? times(row.lift) : '–'}
      </td>
      <td data-name="Confidence">
        {together ? (
          <Confidence value={row.confidence} low={row.confidenceLow} />
        ) : (
          `${percent(row.score)} ${relation === 'refill' ? 'buy again' : 'take it up later'}`
        )}
        {row.runOut !== null && (
          <span className="soft small">
            one lasts about {row.runOut.day} days, {row.runOut.dayLow} to {row.runOut.dayHigh}
          </span>
        )}
      </td>
      <td data-name="Price" className="number">
        {priceRatio === null ? '–' : percent(priceRatio)}
        <span className="soft small">of the product’s</span>
        {offered && limit !== null && <span className="small price-fit">{limit}</span>}
      </td>
    </tr>
  )
}

/** The estimate as a bar, its lower bound as a mark on it: what one can count on. */
function Confidence({ value, low }: { readonly value: number; readonly low: number }) {
  const at = (share: number): number => Math.max(0, Math.min(1, share)) * 100
  return (
    <span className="confidence">
      <span>
        {percent(value)} <span className="soft small">at least {percent(low)}</span>
      </span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-ground" width="100" height="8" rx="2" />
        <rect className="bar-value" width={at(value)} height="8" rx="2" />
        <rect className="bar-sure" width={at(low)} height="8" rx="2" />
      </svg>
    </span>
  )
}
