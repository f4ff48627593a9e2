// The messages, newest first: which order, which flow, when, and what became of each, with the reason. No addresses: who
// it went to stands in the shop's own records.

import { useState } from 'react'
import { useLoaded } from './load.ts'
import { MessagePreview } from './message-preview.tsx'
import type { MessageRow } from './message-row.ts'
import { Failure, Loading } from './messages.tsx'
import { ReplayButton } from './replay-button.tsx'
import { dateOf, flowName, messageReason, messageStateNames } from './words.ts'

const views = [
  { state: '', name: 'All' },
  { state: 'scheduled', name: 'Scheduled' },
  { state: 'sent', name: 'Sent' },
  { state: 'cancelled', name: 'Not sent' },
  { state: 'dead', name: 'Given up' },
] as const

export function MessageTable({ attempt, again }: { readonly attempt: number; readonly again: () => void }) {
  const [view, setView] = useState<(typeof views)[number]['state']>('')
  const [open, setOpen] = useState<string | null>(null)
  const query = view === '' ? '' : `?state=${view}`
  const loaded = useLoaded<{ readonly messages: readonly MessageRow[] }>(`/v1/messages${query}`, attempt)
  const rows = loaded.kind === 'ready' ? loaded.value.messages : []
  return (
    <div className="problem message-list">
      <fieldset className="views">
        <legend className="unseen">Which messages</legend>
        {views.map(({ state, name }) => (
          <button
            key={state}
            type="button"
            className="action"
            aria-pressed={view === state}
            onClick={() => setView(state)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {loaded.kind === 'loading' && <Loading what="the messages" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && rows.length === 0 && (
        <p className="soft">Nothing here: messages are scheduled when an order comes in.</p>
      )}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <div className="message-row">
              <span>
                <strong>{flowName(row.flow)}</strong> <span className="soft">for order {row.orderId}</span>
                <br />
                <span className={row.state === 'dead' || row.state === 'rejected' ? 'wrong' : ''}>
                  {messageStateNames[row.state]}
                </span>
                <span className="soft">
                  {whenOf(row)}
                  {row.reason !== null && `: ${messageReason(row.reason)}`}
                </span>
              </span>
              {row.state === 'dead' && <ReplayButton id={row.id} replayed={again} />}
              <button
                type="button"
                className="action"
                aria-expanded={open === row.id}
                onClick={() => setOpen(open === row.id ? null : row.id)}
              >
                Preview
              </button>
            </div>
            {open === row.id && <MessagePreview row={row} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function whenOf({ dueAt, settledAt }: MessageRow): string {
  const at = settledAt ?? dueAt
  if (at === null) return ''
  return settledAt === null ? ` for ${dateOf(Date.parse(at))}` : ` on ${dateOf(Date.parse(at))}`
}
