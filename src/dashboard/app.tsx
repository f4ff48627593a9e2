// The owner's page: which pairings the plan holds, and why. On the left the products, on the right the one that was
// chosen, with its neighbourhood and the evidence of each pairing.

import { useRef, useState } from 'react'
import { AnchorList } from './anchor-list.tsx'
import { AnchorView } from './anchor-view.tsx'
import type { Overview } from './answers.ts'
import { CalculatorView } from './calculator-view.tsx'
import { CatalogView } from './catalog-view.tsx'
import { ChangesView } from './changes-view.tsx'
import { ExperimentsView } from './experiments-view.tsx'
import { Facts } from './facts.tsx'
import { FollowUpsView } from './follow-ups-view.tsx'
import { keepKey, takeKeyFromAddress, useLoaded } from './load.ts'
import { Failure, Loading, NoPlan } from './messages.tsx'
import { ResultsView } from './results-view.tsx'
import { catalogLink, changesLink, experimentsLink, messagesLink, resultsLink, useRoute } from './route.ts'
import { SignIn } from './sign-in.tsx'
import { StrongestPairings } from './strongest-pairings.tsx'

takeKeyFromAddress()

export function App() {
  const [attempt, setAttempt] = useState(0)
  const again = () => setAttempt((before) => before + 1)
  const overview = useLoaded<Overview>('/v1/overview', attempt)
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  return (
    <>
      {/* A link to #main would leave the product: the hash of the address says which page is shown. */}
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header className="head">
        <div className="wide head-row">
          <a className="brand" href="#/">
            <Mark />
            Aftercart
          </a>
          <p className="tagline">What your customers buy together and next</p>
          <nav className="pages" aria-label="Pages">
            <a
              href="#/"
              aria-current={route.page === 'front' || route.page === 'product' ? 'page' : undefined}
            >
              Pairings
            </a>
            <a
              href={resultsLink}
              aria-current={route.page === 'results' || route.page === 'calculator' ? 'page' : undefined}
            >
              Results
            </a>
            <a href={messagesLink} aria-current={route.page === 'messages' ? 'page' : undefined}>
              Messages
            </a>
            <a href={experimentsLink} aria-current={route.page === 'experiments' ? 'page' : undefined}>
              Experiments
            </a>
            <a href={changesLink} aria-current={route.page === 'changes' ? 'page' : undefined}>
              Changes
            </a>
            <a href={catalogLink} aria-current={route.page === 'catalog' ? 'page' : undefined}>
              Catalog
            </a>
          </nav>
        </div>
      </header>
      <main ref={main} id="main" className="wide" tabIndex={-1}>
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
        {overview.kind === 'ready' &&
          (route.page === 'results' ? (
            <ResultsView attempt={attempt} again={again} />
          ) : route.page === 'calculator' ? (
            <CalculatorView attempt={attempt} again={again} />
          ) : route.page === 'catalog' ? (
            <CatalogView attempt={attempt} again={again} />
          ) : route.page === 'changes' ? (
            <ChangesView attempt={attempt} again={again} />
          ) : route.page === 'experiments' ? (
            <ExperimentsView chosen={route.id} attempt={attempt} again={again} />
          ) : route.page === 'messages' ? (
            <FollowUpsView isDemo={overview.value.demo} attempt={attempt} again={again} />
          ) : (
            <Pairings
              overview={overview.value}
              chosen={route.page === 'product' ? route.id : null}
              attempt={attempt}
              again={again}
            />
          ))}
      </main>
    </>
  )
}

type PairingsProps = {
  readonly overview: Overview
  readonly chosen: string | null
  readonly attempt: number
  readonly again: () => void
}

function Pairings({ overview, chosen, attempt, again }: PairingsProps) {
  const { plan, anchors, listed } = overview
  if (plan === null) return <NoPlan again={again} />
  return (
    <>
      <Facts plan={plan} anchors={anchors} listed={listed} />
      <div className={chosen === null ? 'columns' : 'columns columns-chosen'}>
        <AnchorList chosen={chosen} attempt={attempt} again={again} />
        {chosen === null ? (
          <StrongestPairings attempt={attempt} again={again} />
        ) : (
          <AnchorView key={chosen} id={chosen} attempt={attempt} again={again} />
        )}
      </div>
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
