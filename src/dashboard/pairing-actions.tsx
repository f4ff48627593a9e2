// The owner's hand on one pairing: approve, veto, pin, pause, and its need sentence. A pressed button holds; pressing it
// again takes the word back. What was said shows at once; what failed says why and leaves everything as it was.

import { useRef, useState } from 'react'
import type { PairingRow, PairingStatus } from '../deciding/list-pairings.ts'
import { send } from './load.ts'
import { NeedForm } from './need-form.tsx'
import { type Sending, Trouble } from './trouble.tsx'

type Standing = Exclude<PairingStatus, 'live' | 'refused'>

const actions: readonly { readonly standing: Standing; readonly name: string; readonly hint: string }[] = [
  { standing: 'approved', name: 'Approve', hint: 'Offer it, whatever the orders say' },
  { standing: 'pinned', name: 'Pin', hint: 'Offer it before all others of its product' },
  { standing: 'paused', name: 'Pause', hint: 'Do not offer it for now' },
  { standing: 'vetoed', name: 'Veto', hint: 'Never offer it' },
]

type Change = { readonly status?: Standing | null; readonly need?: string | null }

type Props = { readonly row: PairingRow; readonly changed: (row: PairingRow) => void }

export function PairingActions({ row, changed }: Props) {
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const [asked, setAsked] = useState<Change>({})
  const [editing, setEditing] = useState(false)
  const edit = useRef<HTMLButtonElement>(null)
  const about = `${row.addOnTitle} with ${row.anchorTitle}`
  const busy = state.kind === 'busy'
  const stopEditing = () => {
    setEditing(false)
    edit.current?.focus()
  }
  const say = async (change: Change): Promise<boolean> => {
    setState({ kind: 'busy' })
    setAsked(change)
    const sent = await send<PairingRow | null>('PATCH', `/v1/pairings/${encodeURIComponent(row.id)}`, change)
    if (sent.kind === 'ready') {
      setState({ kind: 'idle' })
      changed(
        sent.value ?? {
          ...row,
          status: 'refused',
          because: 'taken back; orders do not show it',
          decidedBy: 'owner',
        },
      )
      return true
    }
    setState(sent.kind === 'sign-in' ? { kind: 'key-needed' } : { kind: 'failed', reason: sent.reason })
    return false
  }
  return (
    <div className="actions" aria-busy={busy}>
      <fieldset>
        <legend className="unseen">{about}</legend>
        {actions.map(({ standing, name, hint }) => (
          <button
            key={standing}
            type="button"
            className="action"
            title={hint}
            aria-pressed={row.status === standing}
            aria-disabled={busy}
            onClick={() => !busy && void say({ status: row.status === standing ? null : standing })}
          >
            {name}
          </button>
        ))}
        <button
          ref={edit}
          type="button"
          className="action"
          title="Change the sentence that the customer reads"
          aria-expanded={editing}
          onClick={() => (editing ? stopEditing() : setEditing(true))}
        >
          Sentence
        </button>
      </fieldset>
      {editing && (
        <NeedForm
          row={row}
          busy={busy}
          save={async (need) => {
            if (await say({ need })) stopEditing()
          }}
          cancel={stopEditing}
        />
      )}
      <Trouble of={state} again={() => void say(asked)} />
      <p className="unseen" role="status">
        {busy ? 'Saving …' : ''}
      </p>
    </div>
  )
}
