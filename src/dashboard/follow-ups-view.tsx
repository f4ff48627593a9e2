// Messages: each kind of follow-up with its switch and what it led to, the messages that are scheduled and were sent, and
// a look at any of them. In the demo the clock is moved on here.

import { useState } from 'react'
import { DemoClock } from './demo-clock.tsx'
import { FlowCard, type FlowRow } from './flow-card.tsx'
import { useLoaded } from './load.ts'
import { MessageTable } from './message-table.tsx'
import { Failure, Loading } from './messages.tsx'
import { useTitle } from './route.ts'

type Props = {
  readonly isDemo: boolean
  readonly attempt: number
  readonly again: () => void
}

type FlowsAnswer = { readonly flows: readonly FlowRow[]; readonly marketingWaits: string | null }

export function FollowUpsView({ isDemo, attempt, again }: Props) {
  useTitle('Messages')
  const [looks, setLooks] = useState(0)
  const lookAgain = () => setLooks((before) => before + 1)
  const flows = useLoaded<FlowsAnswer>('/v1/flows', attempt + looks)
  return (
    <section aria-labelledby="messages-title">
      <div className="title-row">
        <h1 id="messages-title">Messages</h1>
        <button type="button" className="action" onClick={lookAgain}>
          Look again
        </button>
      </div>
      <p className="lead">
        The confirmation of an order, and what comes later: one or two products, on the day they help, to
        people who agreed to it. Each is asked again at its moment: what is not wanted any more is not sent.
      </p>
      {isDemo && <DemoClock attempt={attempt + looks} moved={lookAgain} />}
      {flows.kind === 'loading' && <Loading what="the flows" />}
      {flows.kind === 'failed' && <Failure reason={flows.reason} again={again} />}
      {flows.kind === 'ready' && <MarketingWaits because={flows.value.marketingWaits} />}
      {flows.kind === 'ready' && (
        <ul className="flows">
          {flows.value.flows.map((flow) => (
            <FlowCard key={flow.name} flow={flow} changed={lookAgain} />
          ))}
        </ul>
      )}
      <MessageTable attempt={attempt + looks} again={again} />
    </section>
  )
}

function MarketingWaits({ because }: { readonly because: string | null }) {
  if (because === null) return null
  return (
    <p className="wrong" role="alert">
      Follow-ups by e-mail wait: mailbox providers would not take them. {because}. Confirmations go out. What
      waits goes out by itself once this is mended; <code>aftercart doctor</code> says how.
    </p>
  )
}
