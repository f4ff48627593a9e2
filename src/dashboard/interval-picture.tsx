// How far a variation lies from the control: a dot for what was seen, a bar for where the truth lies in 95 of 100 such
// experiments, a line at "no difference". The words beside it say the same.

import type { ExperimentRow } from '../measuring/experiment-row.ts'

type Props = {
  readonly figures: NonNullable<ExperimentRow['figures']>
  readonly at: number
  readonly smallestEffect: number
}

const WIDTH = 280
const HEIGHT = 28
const EDGE = 8

export function IntervalPicture({ figures, at, smallestEffect }: Props) {
  const control = figures[0]?.mean ?? 0
  const difference = figures[at]?.difference ?? null
  if (difference === null || control <= 0) return <p className="soft small">No interval yet.</p>
  const share = {
    value: difference.value / control,
    low: difference.low / control,
    high: difference.high / control,
  }
  // All variations of one experiment on one scale, and never so wide that a small difference looks large.
  const reach = Math.max(
    smallestEffect * 1.5,
    ...figures.flatMap((one) =>
      one.difference === null
        ? []
        : [Math.abs(one.difference.low), Math.abs(one.difference.high)].map((end) => end / control),
    ),
  )
  const x = (of: number) => WIDTH / 2 + (Math.max(-reach, Math.min(reach, of)) / reach) * (WIDTH / 2 - EDGE)
  const tone = share.low > 0 ? 'is-complete' : share.high < 0 ? 'is-worse' : 'is-open'
  const words = `${signed(share.value)} (${signed(share.low)} to ${signed(share.high)})`
  return (
    <div className="interval">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Difference from the control: ${words}`}>
        <rect
          x={x(-smallestEffect)}
          y="4"
          width={x(smallestEffect) - x(-smallestEffect)}
          height="20"
          className="interval-small"
        />
        <line x1={WIDTH / 2} x2={WIDTH / 2} y1="0" y2={HEIGHT} className="interval-zero" />
        <line x1={x(share.low)} x2={x(share.high)} y1="14" y2="14" className={`interval-bar ${tone}`} />
        <circle cx={x(share.value)} cy="14" r="5" className={`interval-dot ${tone}`} />
      </svg>
      {tone === 'is-open' && <span className="small figure">{words}</span>}
    </div>
  )
}

function signed(share: number): string {
  const value = (share * 100).toFixed(1)
  return share > 0 ? `+${value} %` : `${value.replace('-', '−')} %`
}
