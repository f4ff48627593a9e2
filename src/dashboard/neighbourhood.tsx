// A product's neighbourhood as a picture: the product, its add-ons around it, a line for each. The width of a line is how
// likely it is, its colour the relation; refused ones are dashed and grey. Each add-on is a link; the table below says
// the same in words and figures.

import { useEffect, useState } from 'react'
import type { PairingRow } from '../deciding/list-pairings.ts'
import {
  chooseShown,
  type Layout,
  layoutNarrow,
  layoutWide,
  likelihoodOf,
  type Place,
} from './neighbourhood-layout.ts'
import { productLink } from './route.ts'
import { isOffered, percent, relationName, relationNames, wrapTitle } from './words.ts'

type Props = {
  readonly title: string
  readonly live: readonly PairingRow[]
  readonly refused: readonly PairingRow[]
}

export function Neighbourhood({ title, live, refused }: Props) {
  const narrow = useNarrow()
  const rows = chooseShown(live, refused)
  const layout = narrow ? layoutNarrow(rows) : layoutWide(rows)
  const hidden = live.length + refused.length - rows.length
  return (
    <figure className="neighbourhood">
      <svg viewBox={`0 0 ${layout.width} ${layout.height}`} aria-labelledby="neighbourhood-title">
        <title id="neighbourhood-title">{`What is bought with ${title}; the table below holds the same in figures`}</title>
        <g className="lines">
          {layout.places.map((place) => (
            <path
              key={place.row.addOn}
              d={place.path}
              strokeWidth={place.lineWidth}
              className={`line is-${lookOf(place.row)}`}
            />
          ))}
        </g>
        <AnchorBox title={title} layout={layout} narrow={narrow} />
        {layout.places.map((place) => (
          <AddOn key={place.row.addOn} place={place} narrow={narrow} />
        ))}
      </svg>
      <figcaption>
        <ul className="legend">
          {['complete', 'refill', 'extend', 'refused'].map((look) => (
            <li key={look} className={`is-${look}`}>
              {look === 'refused' ? 'Refused' : relationNames[look]}
            </li>
          ))}
        </ul>
        <span className="soft small">
          The wider the line, the likelier.{hidden > 0 ? ` ${hidden} more in the table.` : ''}
        </span>
      </figcaption>
    </figure>
  )
}

function AnchorBox({
  title,
  layout,
  narrow,
}: {
  readonly title: string
  readonly layout: Layout
  readonly narrow: boolean
}) {
  const { x, y, width, height } = layout.anchor
  const lines = wrapTitle(title, narrow ? 34 : 19, narrow ? 2 : 3)
  return (
    <g className="anchor-box">
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={16} />
      <text textAnchor="middle">
        {lines.map((line, at) => (
          <tspan key={line} x={x} y={y + 5 + (at - (lines.length - 1) / 2) * 20}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  )
}

function AddOn({ place, narrow }: { readonly place: Place; readonly narrow: boolean }) {
  const { row, x, y, side } = place
  const away = side === 'right' ? 16 : -16
  const lines = wrapTitle(row.addOnTitle, narrow ? 34 : 32, narrow ? 1 : 2)
  const top = y + 5 - (lines.length * 18) / 2
  return (
    <a href={productLink(row.addOn)} className={`add-on is-${lookOf(row)}`}>
      <circle cx={x} cy={y} r={8} />
      <text textAnchor={side === 'right' ? 'start' : 'end'}>
        {lines.map((line, at) => (
          <tspan key={line} x={x + away} y={top + at * 18}>
            {line}
          </tspan>
        ))}
        <tspan className="figure" x={x + away} y={top + lines.length * 18}>
          {`${relationName(row)} · ${percent(likelihoodOf(row))}`}
        </tspan>
      </text>
    </a>
  )
}

function lookOf(row: PairingRow): string {
  return isOffered(row) ? row.relation : 'refused'
}

const query = '(max-width: 44rem)'

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => window.matchMedia(query).matches)
  useEffect(() => {
    const media = window.matchMedia(query)
    const changed = () => setNarrow(media.matches)
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, [])
  return narrow
}
