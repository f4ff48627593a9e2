// What the always-on choice did: pairings of one product tried against each other, what won, what rests, and a button that
// takes it back.

import { useState } from 'react'
import type { SwapRow } from '../deciding/list-swaps.ts'
import { send, useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { productLink } from './route.ts'
import { type Sending, Trouble } from './trouble.tsx'
import { count, dateOf, placementNames, undirected } from './words.ts'

const ASKED = 1000
const SHOWN = 12

const stateNames: Readonly<Record<SwapRow['state'], string>> = {
  live: 'Tried',
  promoted: 'Shown more',
  rested: 'Rests for 90 days',
  retired: 'Retired for 90 days',
}

type Props = { readonly attempt: number; readonly again: () => void }

export function Swaps({ attempt, again }: Props) {
  const [all, setAll] = useState(false)
  const [said, setSaid] = useState<ReadonlyMap<number, SwapRow>>(new Map())
  const loaded = useLoaded<readonly SwapRow[]>(`/v1/swaps?limit=${ASKED}`, attempt)
  const rows = loaded.kind === 'ready' ? loaded.value : []
  // What was decided stands first: a night that begins to try hundreds would hide it.
  const ordered = [...rows.filter(isDecided), ...rows.filter((row) => !isDecided(row))]
  const shown = all ? ordered : ordered.slice(0, SHOWN)
  return (
    <article className="problem">
      <h2>Tried against each other</h2>
      {loaded.kind === 'loading' && <Loading what="what was tried" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && rows.length === 0 && (
        <p className="soft">
          Nothing yet: where a product has several good add-ons, the thank-you page and the messages try them,
          and each night what earns more comes forward.
        </p>
      )}
      <ul>
        {shown.map((row) => (
          <Swap
            key={row.id}
            row={row}
            takenBack={said.has(row.id)}
            done={(now) => setSaid(new Map([...said, [row.id, now]]))}
          />
        ))}
      </ul>
      {shown.length < ordered.length && (
        <button type="button" className="action" onClick={() => setAll(true)}>
          Show all {count(ordered.length)}
        </button>
      )}
    </article>
  )
}

function isDecided({ state, source }: SwapRow): boolean {
  return state !== 'live' || source === 'owner'
}

type SwapProps = { readonly row: SwapRow; readonly takenBack: boolean; readonly done: (now: SwapRow) => void }

function Swap({ row, takenBack, done }: SwapProps) {
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const undo = async () => {
    setState({ kind: 'busy' })
    const sent = await send<SwapRow>('POST', `/v1/swaps/${row.id}/undo`, {})
    if (sent.kind === 'ready') {
      setState({ kind: 'idle' })
      done(sent.value)
    } else
      setState(sent.kind === 'sign-in' ? { kind: 'key-needed' } : { kind: 'failed', reason: sent.reason })
  }
  const name = `${row.addOnTitle} with ${row.anchorTitle}`
  return (
    <li>
      <a href={productLink(row.anchor)}>{row.anchorTitle}</a>
      {' → '}
      <bdi>{row.addOnTitle}</bdi>{' '}
      <span className="soft small">
        {placementNames[row.placement]}, {dateOf(Date.parse(row.at))}
      </span>
      <br />
      <strong>{stateNames[row.state]}: </strong>
      <span className="soft">{undirected(row.because)}</span>{' '}
      {takenBack && (
        <span className="soft">
          {row.state === 'retired'
            ? 'Taken back: the next plan has it again.'
            : 'Taken back: it takes part again.'}
        </span>
      )}
      {!takenBack && row.isLatest && row.state !== 'live' && (
        <button
          type="button"
          className="action"
          disabled={state.kind === 'busy'}
          aria-label={`Take back: ${name}`}
          onClick={undo}
        >
          Take back
        </button>
      )}
      <Trouble of={state} again={undo} />
    </li>
  )
}
