// The calculator: what add-ons bring a month and a year, with the shop's own figures to begin with. Each figure says where
// it is from; a guess is called one.

import { useState } from 'react'
import type { FigureName, Figures, Revenue } from '../measuring/calculate-revenue.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { resultsLink, useTitle } from './route.ts'

type Answer = Revenue & { readonly currency: string | null; readonly figures: Figures }

const fields: readonly { readonly name: FigureName; readonly title: string; readonly isShare: boolean }[] = [
  { name: 'orders', title: 'Orders a month', isShare: false },
  { name: 'attachRate', title: 'Orders that take the add-on (attach rate), %', isShare: true },
  { name: 'addOnPrice', title: 'Price of an add-on', isShare: false },
  { name: 'refundRate', title: 'Add-ons given back, %', isShare: true },
  { name: 'margin', title: 'Margin of an add-on, %', isShare: true },
  { name: 'causedShare', title: 'Of these, not bought anyway (caused), %', isShare: true },
]
const sources = { given: 'as you say', own: 'your own', guess: 'a guess' } as const

type Props = { readonly attempt: number; readonly again: () => void }

export function CalculatorView({ attempt, again }: Props) {
  useTitle('Calculator')
  const [given, setGiven] = useState<Readonly<Partial<Record<FigureName, string>>>>({})
  const query = new URLSearchParams()
  for (const { name, isShare } of fields) {
    const value = Number((given[name] ?? '').replace(',', '.'))
    if (given[name] !== undefined && given[name] !== '' && Number.isFinite(value))
      query.set(name, String(isShare ? value / 100 : value))
  }
  const loaded = useLoaded<Answer>(`/v1/reports/calculator?${query}`, attempt)
  const currency = loaded.kind === 'ready' ? loaded.value.currency : null
  return (
    <section aria-labelledby="calculator-title" className="results">
      <p className="back-always">
        <a href={resultsLink}>Results</a>
      </p>
      <h1 id="calculator-title">Calculator</h1>
      <p className="lead">
        What add-ons bring, what stays after refunds and cost, and what of it would not have come anyway: the
        last one is the figure to decide by. Type over what you know better.
      </p>
      <div className="calculator">
        {fields.map(({ name, title, isShare }) => {
          const figure = loaded.kind === 'ready' ? loaded.value.figures[name] : null
          const shown =
            figure === null
              ? ''
              : String(Math.round(figure.value * (isShare ? 1000 : 100)) / (isShare ? 10 : 100))
          return (
            <label key={name}>
              {title}
              {name === 'addOnPrice' && currency !== null && `, ${currency}`}
              <input
                inputMode="decimal"
                value={given[name] ?? ''}
                placeholder={shown}
                onChange={({ target }) => setGiven({ ...given, [name]: target.value })}
              />
              <small className="soft">
                {figure === null
                  ? ' '
                  : `${sources[figure.source]}${figure.because === '' ? '' : `: ${figure.because.replace(/; say --.*$/, '')}`}`}
              </small>
            </label>
          )
        })}
      </div>
      {loaded.kind === 'loading' && <Loading what="the sum" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && <Sums answer={loaded.value} />}
    </section>
  )
}

function Sums({ answer }: { readonly answer: Answer }) {
  const { currency } = answer
  const whole = { maximumFractionDigits: 0 } as const
  const money = (value: number): string =>
    value.toLocaleString('en', { ...whole, ...(currency === null ? {} : { style: 'currency', currency }) })
  const rows = [
    [
      'Add-ons',
      answer.addOnsPerMonth.toLocaleString('en', whole),
      (12 * answer.addOnsPerMonth).toLocaleString('en', whole),
    ],
    ['Revenue', money(answer.revenuePerMonth), money(answer.revenuePerYear)],
    ['After refunds', money(answer.netRevenuePerMonth), money(answer.netRevenuePerYear)],
    ['After what they cost you', money(answer.marginPerMonth), money(answer.marginPerYear)],
    ['Of that, caused by offers', money(answer.causedMarginPerMonth), money(answer.causedMarginPerYear)],
  ] as const
  return (
    <div className="figures" aria-live="polite">
      <table>
        <thead>
          <tr>
            <th scope="col">What comes of it</th>
            <th scope="col">A month</th>
            <th scope="col">A year</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, month, year]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{month}</td>
              <td>{year}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
