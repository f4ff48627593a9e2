// The owner's page: which pairings the plan holds, and why. On the left the products, on the right the one that was
// chosen, with its neighbourhood and the evidence of each pairing.

import { useState } from 'react'
import { AnchorList } from './anchor-list.tsx'
import { AnchorView } from './anchor-view.tsx'
import type { Overview } from './answers.ts'
import { Facts } from './facts.tsx'
import { keepKey, takeKeyFromAddress, useLoaded } from './load.ts'
import { Failure, Loading, NoPlan } from './messages.tsx'
import { useChosenProduct } from './route.ts'
import { SignIn } from './sign-in.tsx'
import { StrongestPairings } from './strongest-pairings.tsx'

takeKeyFromAddress()

export function App() {
  const [attempt, setAttempt] = useState(0)
  const again = () => setAttempt((before) => before + 1)
  const overview = useLoaded<Overview>('/v1/overview', attempt)
  const chosen = useChosenProduct()
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="head">
        <div className="wide head-row">
          <a className="brand" href="#/">
            <Mark />
            Aftercart
          </a>
          <p className="tagline">What your customers buy together and next</p>
        </div>
      </header>
      <main id="main" className="wide" tabIndex={-1}>
        {overview.kind === 'loading' && <Loading what="the plan" />}
        {overview.kind === 'failed' && <Failure reason={overview.reason} again={again} />}
        {overview.kind === 'sign-in' && (
          <SignIn
            tried={attempt > 0}
            enter={(key) => {
              keepKey(key)
              again()
            }}
          />
        )}
        {overview.kind === 'ready' && overview.value.plan === null && <NoPlan again={again} />}
        {overview.kind === 'ready' && overview.value.plan !== null && (
          <>
            <Facts plan={overview.value.plan} anchors={overview.value.anchors} />
            <div className={chosen === null ? 'columns' : 'columns columns-chosen'}>
              <AnchorList chosen={chosen} attempt={attempt} again={again} />
              {chosen === null ? (
                <StrongestPairings attempt={attempt} again={again} />
              ) : (
                <AnchorView key={chosen} id={chosen} attempt={attempt} again={again} />
              )}
            </div>
          </>
        )}
      </main>
    </>
  )
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="16" />
      <circle cx="23" cy="32" r="10" className="mark-anchor" />
      <circle cx="46" cy="20" r="6" className="mark-add-on" />
      <circle cx="46" cy="44" r="6" className="mark-add-on" />
      <path d="M31 27l10-5M31 37l10 5" />
    </svg>
  )
}
