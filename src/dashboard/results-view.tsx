// Results: what offers earned and caused, what to change next with the button that does it, and the tables behind it. The
// same report can be kept as a page that stands alone.

import type { ReactNode } from 'react'
import type { Report } from '../measuring/report.ts'
import { AdviceCard } from './advice-card.tsx'
import { money, moneyRange, rateRange } from './amounts.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { calculatorLink, useTitle } from './route.ts'
import { SavePage } from './save-page.tsx'
import { count, dateOf, placementNames } from './words.ts'

const PAIRINGS_SHOWN = 25

type Props = { readonly attempt: number; readonly again: () => void }

export function ResultsView({ attempt, again }: Props) {
  useTitle('Results')
  const loaded = useLoaded<Report>('/v1/reports/summary', attempt)
  return (
    <section aria-labelledby="results-title" className="results">
      <div className="title-row">
        <h1 id="results-title">Results</h1>
        <p className="soft">
          The last 90 days · <SavePage /> · <a href={calculatorLink}>Calculator</a>
        </p>
      </div>
      {loaded.kind === 'loading' && <Loading what="the figures" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && <Results report={loaded.value} again={again} />}
    </section>
  )
}

function Results({ report, again }: { readonly report: Report; readonly again: () => void }) {
  const { headlines, advice, currency } = report
  const [first, ...others] = headlines
  return (
    <>
      <p className="headline">{first}</p>
      {others.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <h2>What to change next</h2>
      <ol className="advice">
        {advice.map((one) => (
          <AdviceCard key={one.sentence} advice={one} currency={currency} done={again} />
        ))}
      </ol>
      <Caused report={report} />
      <Placements report={report} />
      <Pairings report={report} />
    </>
  )
}

function Caused({ report: { caused, currency } }: { readonly report: Report }) {
  const rows = caused.filter(({ offered }) => offered.customers > 0)
  const isOfTerm = rows.some(({ term }) => firstMet(term) !== '')
  return (
    <Table
      name="What was caused"
      note="Attributed is what was bought through offers; caused is what would not have been bought without them, told from the held-out customers, who see none. In brackets: where the true figure lies, 95 % sure. Fewer customers have been followed for 90 days than for 30."
      head={[
        ...['Followed for', 'Customers with offers', 'Held out'],
        ...(isOfTerm ? ['First met'] : []),
        ...['Attributed', 'Caused'],
      ]}
      rows={rows.map((one) => [
        `${one.windowDays} days`,
        count(one.offered.customers),
        count(one.heldOut.customers),
        ...(isOfTerm ? [firstMet(one.term)] : []),
        money(one.attributedMinor, currency),
        one.sampleRatioAlarm
          ? 'cannot be told'
          : one.revenueMinor === null
            ? 'not known yet'
            : moneyRange(one.revenueMinor, currency),
      ])}
      empty="Here will stand what offers caused, once 150 customers on either side have been followed for 30 days."
    />
  )
}

/** Where the share was changed: whose figures they are. */
function firstMet({ fromMs, untilMs }: Report['caused'][number]['term']): string {
  if (untilMs !== null) return `${fromMs === null ? '' : `${dateOf(fromMs)} `}until ${dateOf(untilMs)}`
  return fromMs === null ? '' : `since ${dateOf(fromMs)}`
}

function Placements({ report: { placements, currency } }: { readonly report: Report }) {
  const rows = placements.filter(({ ordersOffered }) => ordersOffered > 0)
  return (
    <Table
      name="Where offers stand"
      note="Attach rate: of the orders whose shopper saw the offer, how many took it."
      head={['Place', ...offerHead]}
      rows={rows.map((one) => [placementNames[one.placement], ...offerCells(one, currency)])}
      empty="Here will stand how many shoppers saw an offer at each place, and how many took it."
    />
  )
}

function Pairings({ report: { pairings, currency } }: { readonly report: Report }) {
  return (
    <Table
      name="Pairings"
      note={
        pairings.length > PAIRINGS_SHOWN
          ? `The ${PAIRINGS_SHOWN} that were seen most, of ${count(pairings.length)}.`
          : null
      }
      head={['Offered with what was bought', ...offerHead]}
      rows={pairings.slice(0, PAIRINGS_SHOWN).map((one) => [
        <>
          <bdi>{one.productTitle}</bdi> with <bdi>{one.anchorTitle}</bdi>
        </>,
        ...offerCells(one, currency),
      ])}
      empty="Here will stand each pairing with how often it was seen and taken."
    />
  )
}

const offerHead = ['Saw it', 'Took it', 'Attach rate', 'After refunds']

function offerCells(
  {
    ordersExposed,
    accepted,
    attachRate,
    netMinor,
  }: Pick<Report['pairings'][number], 'ordersExposed' | 'accepted' | 'attachRate' | 'netMinor'>,
  currency: string,
): string[] {
  return [count(ordersExposed), count(accepted), rateRange(attachRate), money(netMinor, currency)]
}

type TableProps = {
  readonly name: string
  readonly note: string | null
  readonly head: readonly string[]
  readonly rows: readonly (readonly ReactNode[])[]
  readonly empty: string
}

function Table({ name, note, head, rows, empty }: TableProps) {
  if (rows.length === 0)
    return (
      <>
        <h2>{name}</h2>
        <p className="soft">{empty}</p>
      </>
    )
  return (
    <>
      <h2>{name}</h2>
      {note !== null && <p className="soft note">{note}</p>}
      <div className="figures figures-cards">
        <table>
          <thead>
            <tr>
              {head.map((cell) => (
                <th key={cell} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first = '', ...cells], at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are never moved, and two may have one name
              <tr key={at}>
                <th scope="row">{first}</th>
                {cells.map((cell, column) => (
                  <td key={head[column + 1]} data-name={head[column + 1]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
