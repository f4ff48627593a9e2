// One experiment: what is believed, what each variation shows, how far it lies from the control, the verdict in a sentence,
// and what can be done next.

import { useEffect, useRef, useState } from 'react'
import type { ExperimentRow } from '../measuring/experiment-row.ts'
import type { ExperimentPlan } from '../measuring/plan-experiment.ts'
import { IntervalPicture } from './interval-picture.tsx'
import { send, useLoaded } from './load.ts'
import { type Sending, Trouble } from './trouble.tsx'
import { count, countOf, dateOf, flowName, placementNames, undirected } from './words.ts'

type Props = {
  readonly row: ExperimentRow
  /** Of the products that it changes, by id. */
  readonly titles: Readonly<Record<string, string>>
  /** A link led here. */
  readonly isChosen: boolean
  readonly changed: () => void
}
type Step = 'start' | 'stop' | 'adopt'

export function ExperimentCard({ row, titles, isChosen, changed }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isChosen) heading.current?.focus()
  }, [isChosen])
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const [last, setLast] = useState<() => void>(() => () => {})
  const [done, setDone] = useState('')
  const { id, adopted, variations, figures, sentence } = row
  const take = async (step: Step, body: unknown = {}): Promise<void> => {
    setState({ kind: 'busy' })
    setLast(() => () => void take(step, body))
    const sent = await send<{ readonly done?: string }>('POST', `/v1/experiments/${id}/${step}`, body)
    if (sent.kind === 'sign-in') return setState({ kind: 'key-needed' })
    if (sent.kind === 'failed') return setState({ kind: 'failed', reason: sent.reason })
    setState({ kind: 'idle' })
    setDone(sent.value.done ?? '')
    // What was done is read where it was asked for; the list follows at the next look.
    if (sent.value.done === undefined) changed()
  }
  const plan = useLoaded<ExperimentPlan>(row.state === 'draft' ? `/v1/experiments/${id}/plan` : null, 0)
  const isAdopted = adopted !== null || done !== ''
  return (
    <li className="problem experiment">
      <h2 ref={heading} tabIndex={-1}>
        <bdi>{row.name}</bdi> <span className={`state is-${row.state}`}>{stateOf(row)}</span>
      </h2>
      <p className="soft">{undirected(row.hypothesis)}</p>
      <ul className="variations">
        {variations.map((variation, i) => (
          <li key={variation.id}>
            <p>
              <strong>{variation.name}</strong>{' '}
              <span className="soft small">
                {Math.round(variation.share * 100)} % of customers{tellChange(variation.change, titles)}
                {figures !== null && `, ${count(figures[i]?.customers ?? 0)} so far`}
              </span>
            </p>
            {i > 0 && figures !== null && (
              <IntervalPicture figures={figures} at={i} smallestEffect={row.smallestEffect} />
            )}
          </li>
        ))}
      </ul>
      {sentence !== null && <p className="verdict">{sentence}</p>}
      {plan.kind === 'ready' && <p>{plan.value.sentence}</p>}
      {plan.kind === 'ready' && plan.value.warning !== null && <p className="wrong">{plan.value.warning}</p>}
      <div className="actions form-row" aria-busy={state.kind === 'busy'}>
        {row.state === 'draft' && (
          <button type="button" className="button" onClick={() => void take('start')}>
            Start
          </button>
        )}
        {row.state !== 'ended' && (
          <button type="button" className="button button-plain" onClick={() => void take('stop')}>
            {row.state === 'draft' ? 'Call off' : 'Stop and write the verdict'}
          </button>
        )}
        {row.state === 'ended' &&
          row.startedAt !== null &&
          !isAdopted &&
          variations.slice(1).map((variation) => (
            <button
              key={variation.id}
              type="button"
              className="button button-plain"
              onClick={() => void take('adopt', { variation: variation.id })}
            >
              Keep “{variation.name}” from now on
            </button>
          ))}
        <Trouble of={state} again={last} />
      </div>
      <p className="small" role="status">
        {done !== '' ? done : adopted !== null ? `“${nameOf(row, adopted)}” is in place.` : ''}
      </p>
    </li>
  )
}

function stateOf({ state, startedAt, endedAt }: ExperimentRow): string {
  if (state === 'draft') return 'Draft'
  if (state === 'running') return `Runs since ${dateOf(Date.parse(startedAt ?? ''))}`
  return startedAt === null ? 'Called off' : `Ended ${dateOf(Date.parse(endedAt ?? ''))}`
}

function nameOf({ variations }: ExperimentRow, id: string): string {
  return variations.find((one) => one.id === id)?.name ?? id
}

function tellChange(change: ExperimentRow['variations'][number]['change'], titles: Props['titles']): string {
  const title = (id: string): string => undirected((Object.hasOwn(titles, id) ? titles[id] : null) ?? id)
  switch (change.kind) {
    case 'pairing':
      return `: ${title(change.addOn)} first with ${title(change.anchor)}`
    case 'need':
      return `: says “${change.sentence}” of ${title(change.addOn)}`
    case 'discount':
      return `: ${change.percent} % off ${change.addOn === null ? 'what is offered' : title(change.addOn)}`
    case 'placement-off':
      return `: nothing offered, ${placementNames[change.placement]}`
    case 'timing':
      return `: ${flowName(change.flow)} ${countOf(Math.abs(change.days), 'day')} ${change.days < 0 ? 'earlier' : 'later'}`
    default:
      return ''
  }
}
