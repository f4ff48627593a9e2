// Results: what offers earned and caused, what to change next with the button that does it, and the tables behind it. The
// same report can be kept as a page that stands alone.

import type { Report } from '../measuring/report.ts'
import { AdviceCard } from './advice-card.tsx'
import { money, moneyRange, rateRange } from './amounts.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { calculatorLink, useTitle } from './route.ts'
import { SavePage } from './save-page.tsx'
import { count, placementNames } from './words.ts'

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
      head={[
        ...['Followed for', 'With offers', 'Held out'],
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
  if (untilMs !== null) return `${fromMs === null ? '' : `${day(fromMs)} `}until ${day(untilMs)}`
  return fromMs === null ? '' : `since ${day(fromMs)}`
}

function day(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

function Placements({ report: { placements, currency } }: { readonly report: Report }) {
  const rows = placements.filter(({ ordersOffered }) => ordersOffered > 0)
  return (
    <Table
      name="Where offers stand"
      head={['Placement', 'Saw it', 'Took it', 'Attach rate', 'Net']}
      rows={rows.map((one) => [
        placementNames[one.placement],
        count(one.ordersExposed),
        count(one.accepted),
        rateRange(one.attachRate),
        money(one.netMinor, currency),
      ])}
      empty="Here will stand how many shoppers saw an offer at each place, and how many took it."
    />
  )
}

function Pairings({ report: { pairings, currency } }: { readonly report: Report }) {
  return (
    <Table
      name="Pairings"
      head={['Offered with bought', 'Saw it', 'Took it', 'Attach rate', 'Net']}
      rows={pairings
        .slice(0, PAIRINGS_SHOWN)
        .map((one) => [
          `${one.productTitle} with ${one.anchorTitle}`,
          count(one.ordersExposed),
          count(one.accepted),
          rateRange(one.attachRate),
          money(one.netMinor, currency),
        ])}
      empty="Here will stand each pairing with how often it was seen and taken."
    />
  )
}

type TableProps = {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly empty: string
}

function Table({ name, head, rows, empty }: TableProps) {
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
      <div className="figures">
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
                  <td key={head[column + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
