// A dead letter is tried again: it surely never went out, so nobody gets it twice.

import { useState } from 'react'
import { send } from './load.ts'
import { type Sending, Trouble } from './trouble.tsx'

export function ReplayButton({ id, replayed }: { readonly id: string; readonly replayed: () => void }) {
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const busy = state.kind === 'busy'
  const replay = async () => {
    setState({ kind: 'busy' })
    const sent = await send<null>('POST', `/v1/messages/${encodeURIComponent(id)}/replay`, {})
    if (sent.kind === 'ready') {
      setState({ kind: 'idle' })
      replayed()
    } else
      setState(sent.kind === 'sign-in' ? { kind: 'key-needed' } : { kind: 'failed', reason: sent.reason })
  }
  return (
    <>
      <button type="button" className="action" aria-disabled={busy} onClick={() => !busy && void replay()}>
        Try again
      </button>
      <Trouble of={state} again={() => void replay()} />
    </>
  )
}
