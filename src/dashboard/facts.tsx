// The plan in use, in figures.

import type { Overview } from './answers.ts'
import { count, dateOf, monthOf } from './words.ts'

type Plan = NonNullable<Overview['plan']>

type Props = { readonly plan: Plan; readonly anchors: number; readonly listed: Overview['listed'] }

export function Facts({ plan, anchors, listed }: Props) {
  const { version, publishedAtMs, summary } = plan
  const { complete, refill, extend, refused, upsell } = summary.pairings
  const rows = [
    { name: 'Complete', figure: complete, note: 'belongs with it', look: 'complete' },
    { name: 'Refill', figure: refill, note: 'gets used up', look: 'refill' },
    { name: 'Extend', figure: extend, note: 'comes next', look: 'extend' },
    {
      name: 'Refused',
      figure: refused + upsell,
      note: `mostly too little evidence; ${count(listed.refused)} listed, with the reason`,
      look: 'refused',
    },
  ]
  return (
    <section aria-labelledby="facts-title">
      <div className="title-row">
        <h1 id="facts-title">Pairings</h1>
        <p className="soft">
          Plan {version}, published {dateOf(publishedAtMs)}
        </p>
      </div>
      <p className="lead">
        From {count(summary.orders)} orders, {monthOf(summary.historyFromAtMs)} to{' '}
        {monthOf(summary.historyToAtMs)}, counted after returns and without those that hold no merchandise.{' '}
        {count(anchors)} of {count(summary.products)} products have something to offer with them; of each
        product the strongest pairings are listed, {count(listed.live)} in all.
      </p>
      <dl className="facts">
        {rows.map(({ name, figure, note, look }) => (
          <div key={name} className={`fact is-${look}`}>
            <dt>
              {name}
              <span className="soft small">{note}</span>
            </dt>
            <dd>{count(figure)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
