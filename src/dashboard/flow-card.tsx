// One kind of follow-up: what it does, whether it runs, what its messages of the last 30 days led to, and its switch.

import { useState } from 'react'
import type { ListedFlow } from '../following-up/list-flows.ts'
import { send } from './load.ts'
import { type Sending, Trouble } from './trouble.tsx'
import { count, flowName, percent } from './words.ts'

export type FlowRow = ListedFlow

const does: Readonly<Record<FlowRow['relation'], string>> = {
  refill: 'Reminds when what was bought runs out, in time for the parcel.',
  complete: 'Offers the piece that is missing to what was bought.',
  extend: 'Offers what customers buy next.',
}

export function FlowCard({ flow, changed }: { readonly flow: FlowRow; readonly changed: () => void }) {
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const busy = state.kind === 'busy'
  const turn = async () => {
    setState({ kind: 'busy' })
    const sent = await send<unknown>('PATCH', `/v1/flows/${encodeURIComponent(flow.name)}`, { on: !flow.on })
    if (sent.kind === 'ready') {
      setState({ kind: 'idle' })
      changed()
    } else
      setState(sent.kind === 'sign-in' ? { kind: 'key-needed' } : { kind: 'failed', reason: sent.reason })
  }
  return (
    <li className="problem flow">
      <h2>
        {flowName(flow.name)}{' '}
        <span className={flow.on ? 'state is-running' : 'state'}>{flow.on ? 'On' : 'Off'}</span>
      </h2>
      <p>
        {does[flow.relation]}{' '}
        <span className="soft">
          {flow.medium === 'sms' ? 'By SMS' : 'By e-mail'}, day {flow.fromDay} to {flow.toDay}.
        </span>
      </p>
      {flow.pausedBecause !== null && (
        <p className="wrong" role="alert">
          {flow.pausedBecause}
        </p>
      )}
      <p className="soft small">
        {flow.sent === 0
          ? 'Nothing was sent in the last 30 days.'
          : `Last 30 days: ${count(flow.sent)} sent, ${percent(flow.unsubscribes / flow.sent)} unsubscribed, ${percent(flow.complaints / flow.sent)} complained.`}
      </p>
      <div className="actions">
        <button type="button" className="action" aria-disabled={busy} onClick={() => !busy && void turn()}>
          {flow.on ? 'Turn off' : 'Turn on'}
          <span className="unseen"> {flowName(flow.name)}</span>
        </button>
        <Trouble of={state} again={() => void turn()} />
      </div>
    </li>
  )
}
