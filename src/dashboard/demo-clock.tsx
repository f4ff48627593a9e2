// Only in the demo: what day it is, and buttons that move the clock on, so that one reads today what a customer would get
// in three weeks.

import { useState } from 'react'
import { send, useLoaded } from './load.ts'
import { type Sending, Trouble } from './trouble.tsx'
import { dateOf } from './words.ts'

type ClockState = {
  readonly nowMs: number
  readonly nextMessageAtMs: number | null
  readonly mailbox: string
}

type Props = { readonly attempt: number; readonly moved: () => void }

export function DemoClock({ attempt, moved }: Props) {
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const clock = useLoaded<ClockState>('/demo/clock', attempt)
  const busy = state.kind === 'busy'
  const move = async (by: { readonly days: number } | { readonly to: 'next-message' }) => {
    if (busy) return
    setState({ kind: 'busy' })
    const sent = await send<ClockState>('POST', '/demo/clock', by)
    setState(sent.kind === 'failed' ? { kind: 'failed', reason: sent.reason } : { kind: 'idle' })
    moved()
  }
  if (clock.kind !== 'ready') return null
  const { nowMs, nextMessageAtMs, mailbox } = clock.value
  return (
    <div className="message demo-clock">
      <h2>In this demo it is {dateOf(nowMs)}</h2>
      <p>
        {nextMessageAtMs === null
          ? 'No message is scheduled: buy something in the example shop, and tick the box at the checkout.'
          : `The next message is due on ${dateOf(nextMessageAtMs)}.`}
      </p>
      <div className="actions">
        <fieldset aria-busy={busy}>
          <legend className="unseen">Move the clock on</legend>
          <button type="button" className="action" onClick={() => void move({ days: 1 })}>
            One day on
          </button>
          <button type="button" className="action" onClick={() => void move({ days: 7 })}>
            One week on
          </button>
          {nextMessageAtMs !== null && (
            <button type="button" className="action" onClick={() => void move({ to: 'next-message' })}>
              To the next message
            </button>
          )}
        </fieldset>
        <Trouble of={state} again={moved} />
      </div>
      <p className="rest">
        <a href={mailbox} target="_blank" rel="noreferrer">
          Read what was sent in the mailbox of the example
        </a>
      </p>
    </div>
  )
}
