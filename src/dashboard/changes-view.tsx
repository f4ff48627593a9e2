// What the last plans changed: pairings that were retired, each with its day, its reason and what takes its place, and
// pairings that are new.

import { useState } from 'react'
import type { ChangeRow } from '../deciding/list-changes.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { productLink, useTitle } from './route.ts'
import { Swaps } from './swaps.tsx'
import { count, dateOf, reasonNames, relationNames, sentenceOf, undirected } from './words.ts'

const ASKED = 200
const SHOWN = 12

type Props = { readonly attempt: number; readonly again: () => void }

export function ChangesView({ attempt, again }: Props) {
  useTitle('What changed')
  return (
    <section aria-labelledby="changes-title">
      <div className="title-row">
        <h1 id="changes-title">What changed</h1>
      </div>
      <p className="lead">
        Each time that orders are mined again, the new plan is compared with the one before: what it offers no
        more, why, and what takes its place.
      </p>
      <div className="problems">
        <Changes
          kind="retired"
          name="Retired"
          empty="Nothing was retired yet: no plan took back what the one before offered."
          attempt={attempt}
          again={again}
        />
        <Changes
          kind="added"
          name="New"
          empty="Nothing new yet: pairings stand here that a plan offers and the one before did not."
          attempt={attempt}
          again={again}
        />
        <Swaps attempt={attempt} again={again} />
      </div>
    </section>
  )
}

type ListProps = Props & {
  readonly kind: ChangeRow['kind']
  readonly name: string
  readonly empty: string
}

function Changes({ kind, name, empty, attempt, again }: ListProps) {
  const [all, setAll] = useState(false)
  const loaded = useLoaded<readonly ChangeRow[]>(`/v1/plan-changes?kind=${kind}&limit=${ASKED}`, attempt)
  const rows = loaded.kind === 'ready' ? loaded.value : []
  const shown = all ? rows : rows.slice(0, SHOWN)
  return (
    <article className="problem">
      <h2>{name}</h2>
      {loaded.kind === 'loading' && <Loading what="the changes" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && rows.length === 0 && <p className="soft">{empty}</p>}
      <ul>
        {shown.map((row) => (
          <Change key={`${row.planVersion} ${row.relation} ${row.id}`} row={row} />
        ))}
      </ul>
      {shown.length < rows.length && (
        <button type="button" className="action" onClick={() => setAll(true)}>
          {rows.length < ASKED ? `Show all ${count(rows.length)}` : `Show the latest ${count(rows.length)}`}
        </button>
      )}
    </article>
  )
}

function Change({ row }: { readonly row: ChangeRow }) {
  return (
    <li>
      <a href={productLink(row.anchor)}>{row.anchorTitle}</a>
      {' → '}
      <bdi>{row.addOnTitle}</bdi>{' '}
      <span className="soft small">
        {relationNames[row.relation] ?? row.relation}, {dateOf(Date.parse(row.at))}, plan {row.planVersion}
      </span>
      <br />
      {row.reason !== null && <strong>{reasonNames[row.reason]}: </strong>}
      <span className="soft">{row.reason === null ? sentenceOf(row.because) : undirected(row.because)}</span>
      {row.kind === 'retired' && (
        <>
          <br />
          <span className="soft">
            {row.replacedByTitle === null ? (
              'Nothing takes its place.'
            ) : (
              <>
                Next in its place: <bdi>{row.replacedByTitle}</bdi>.
              </>
            )}
          </span>
        </>
      )}
    </li>
  )
}
