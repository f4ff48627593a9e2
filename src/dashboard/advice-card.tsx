// One piece of advice: what to do, what it may bring, why, and the button or command that does it.

import { useState } from 'react'
import type { Advice } from '../measuring/advice/advice.ts'
import { money } from './amounts.ts'
import { send } from './load.ts'
import { experimentLink } from './route.ts'
import { type Sending, Trouble } from './trouble.tsx'
import { undirected } from './words.ts'

type Props = { readonly advice: Advice; readonly currency: string; readonly done: () => void }

export function AdviceCard({ advice, currency, done }: Props) {
  const { action, sentence, because, effectPerMonthMinor: effect, basis, button, command } = advice
  const [state, setState] = useState<Sending | { readonly kind: 'done' }>({ kind: 'idle' })
  const draft = action === 'test' ? String(button?.body.id) : null
  const act = async () => {
    if (button === null) return
    setState({ kind: 'busy' })
    const sent = await send<unknown>(button.method, button.path, button.body)
    if (sent.kind === 'ready') setState({ kind: 'done' })
    else setState(sent.kind === 'sign-in' ? { kind: 'key-needed' } : { kind: 'failed', reason: sent.reason })
  }
  return (
    <li className="problem">
      <h3>{undirected(sentence)}</h3>
      {effect !== null && (
        <p>
          <strong>about {money(effect.value, currency)} a month</strong>{' '}
          <span className="soft">
            ({money(effect.low, currency)} to {money(effect.high, currency)}
            {basis === 'attributed' && '; as attributed, what was caused is not known yet'})
          </span>
        </p>
      )}
      <p className="soft">{undirected(because)}</p>
      {button !== null && state.kind !== 'done' && (
        <button
          type="button"
          className="action"
          aria-disabled={state.kind === 'busy'}
          onClick={() => state.kind !== 'busy' && void act()}
        >
          {undirected(button.label)}
        </button>
      )}
      {button === null && command !== null && <code>{command}</code>}
      {state.kind === 'done' ? (
        <p role="status">
          {draft === null ? 'Done. ' : 'It waits for you to start it. '}
          {draft !== null && <a href={experimentLink(draft)}>Look at the test</a>}{' '}
          <button type="button" className="action" onClick={done}>
            Look again
          </button>
        </p>
      ) : draft !== null && state.kind === 'failed' && state.reason.startsWith(draft) ? (
        <p role="status">
          This test is there already. <a href={experimentLink(draft)}>Look at the test</a>
        </p>
      ) : (
        <Trouble of={state} again={() => void act()} />
      )}
    </li>
  )
}
