// Experiments: what is asked of the shop's own customers and what they answered so far. While there is none, what to ask
// first: the product that is bought most often beside two pairings that are offered.

import { useState } from 'react'
import type { PairingRow } from '../deciding/list-pairings.ts'
import type { ExperimentRow } from '../measuring/experiment-row.ts'
import { ExperimentCard } from './experiment-card.tsx'
import { ExperimentForm, type Proposal } from './experiment-form.tsx'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { useTitle } from './route.ts'
import { count, isOffered } from './words.ts'

type Experiments = {
  readonly experiments: readonly ExperimentRow[]
  readonly titles: Readonly<Record<string, string>>
}

type Props = { readonly attempt: number; readonly again: () => void }

const nothing: Proposal = { anchor: '', addOn: '' }

export function ExperimentsView({ chosen, attempt, again }: Props & { readonly chosen: string | null }) {
  useTitle('Experiments')
  const [looks, setLooks] = useState(0)
  const [form, setForm] = useState<Proposal | null>(null)
  const loaded = useLoaded<Experiments>('/v1/experiments', attempt + looks)
  const changed = () => setLooks((before) => before + 1)
  return (
    <section aria-labelledby="experiments-title">
      <div className="title-row">
        <h1 id="experiments-title">Experiments</h1>
        {form === null && (
          <button type="button" className="action" onClick={() => setForm(nothing)}>
            New experiment
          </button>
        )}
      </div>
      <p className="lead">
        Half of your customers, drawn by lot, see something else for as long as it runs. What counts is what
        they earn the shop in the 14 days after, not what they click. You may look every day.
      </p>
      {form !== null && (
        <ExperimentForm
          key={form.anchor}
          proposal={form}
          cancel={() => setForm(null)}
          created={() => {
            setForm(null)
            changed()
          }}
        />
      )}
      {loaded.kind === 'loading' && looks === 0 && <Loading what="experiments" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && loaded.value.experiments.length === 0 && form === null && (
        <FirstExperiment attempt={attempt} take={setForm} />
      )}
      {loaded.kind === 'ready' && (
        <ul className="problems">
          {loaded.value.experiments.map((row) => (
            <ExperimentCard
              key={`${row.id} ${row.state} ${row.adopted}`}
              row={row}
              titles={loaded.value.titles}
              isChosen={row.id === chosen}
              changed={changed}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

type FirstProps = { readonly attempt: number; readonly take: (proposal: Proposal) => void }

function FirstExperiment({ attempt, take }: FirstProps) {
  const loaded = useLoaded<readonly PairingRow[]>('/v1/pairings?limit=200', attempt)
  if (loaded.kind !== 'ready') return null
  const first = whatToAskFirst(loaded.value)
  if (first === null)
    return (
      <p className="message">
        Nothing to ask yet: an experiment needs a product with two pairings. They come with more orders, or
        add one of your own on the page Pairings.
      </p>
    )
  const [best, second] = first
  return (
    <div className="problem first-experiment">
      <h2>What to ask first</h2>
      <p>
        {count(best.orders)} orders hold <strong>{best.anchorTitle}</strong>, and two products go well with
        it. Today <strong>{best.addOnTitle}</strong> comes first. Would <strong>{second.addOnTitle}</strong>{' '}
        earn more?
      </p>
      <button
        type="button"
        className="button"
        onClick={() =>
          take({ anchor: second.anchor, addOn: second.addOn, title: `${second.addOnTitle} first` })
        }
      >
        Ask this
      </button>
    </div>
  )
}

/** The product with most orders of those beside which two products are offered; the better of the two first. */
function whatToAskFirst(rows: readonly PairingRow[]): readonly [PairingRow, PairingRow] | null {
  const byAnchor = Map.groupBy(
    rows.filter((row) => isOffered(row) && row.status !== 'pinned' && row.relation === 'complete'),
    ({ anchor }) => anchor,
  )
  let found: readonly [PairingRow, PairingRow] | null = null
  for (const [best, second] of byAnchor.values())
    if (best !== undefined && second !== undefined && best.orders > (found?.[0].orders ?? 0))
      found = [best, second]
  return found
}
