// Where everything of the neighbourhood picture stands. Comes in: pairings, strongest first, and whether there is room
// to the sides. Goes out: positions in the units of the view box. Pure, so that the same product is always drawn alike.

import type { PairingRow } from '../deciding/list-pairings.ts'
import { comesLater } from './words.ts'

export type Place = {
  readonly row: PairingRow
  readonly x: number
  readonly y: number
  /** The label stands on this side of the dot. */
  readonly side: 'left' | 'right'
  readonly path: string
  readonly lineWidth: number
}

export type Layout = {
  readonly width: number
  readonly height: number
  readonly anchor: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly places: readonly Place[]
}

const LIVE_MAX = 10
const REFUSED_MAX = 4
const ROW = 62
const LINE_LEAST = 1.5
const LINE_MOST = 11

/** The strongest live ones, and a few refused: a picture of everything shows nothing. */
export function chooseShown(
  live: readonly PairingRow[],
  refused: readonly PairingRow[],
): readonly PairingRow[] {
  return [...live.slice(0, LIVE_MAX), ...refused.slice(0, REFUSED_MAX)]
}

export function layoutWide(rows: readonly PairingRow[]): Layout {
  const perSide = Math.ceil(rows.length / 2)
  const height = Math.max(260, perSide * ROW + 50)
  const width = 1000
  const center = { x: width / 2, y: height / 2 }
  const places = rows.map((row, at): Place => {
    const side = at % 2 === 0 ? 'right' : 'left'
    const inSide = side === 'right' ? perSide : rows.length - perSide
    const y = center.y + (Math.floor(at / 2) - (inSide - 1) / 2) * ROW
    // Dots stand on an ellipse, so that the lines fan out.
    const reach = 190 + 60 * Math.sqrt(Math.max(0, 1 - ((y - center.y) / (height / 2)) ** 2))
    const x = side === 'right' ? center.x + reach : center.x - reach
    const bend = center.x + (x - center.x) * 0.55
    return {
      row,
      x,
      y,
      side,
      path: `M${center.x} ${center.y}C${bend} ${center.y} ${bend} ${y} ${x} ${y}`,
      lineWidth: lineWidth(row),
    }
  })
  return { width, height, anchor: { ...center, width: 216, height: 96 }, places }
}

/** On a phone: the anchor on top, the add-ons below it in one column. */
export function layoutNarrow(rows: readonly PairingRow[]): Layout {
  const top = 96
  const row = 58
  const stem = 34
  const places = rows.map((pairing, at): Place => {
    const x = 78
    const y = top + 34 + at * row
    return {
      row: pairing,
      x,
      y,
      side: 'right',
      path: `M${stem} ${top - 20}V${y - 22}Q${stem} ${y} ${stem + 22} ${y}H${x}`,
      lineWidth: lineWidth(pairing),
    }
  })
  const anchor = { x: 180, y: 44, width: 344, height: 72 }
  return { width: 360, height: top + 20 + rows.length * row, anchor, places }
}

/** Share of orders that hold both; for what is bought later, the share of customers who do so. */
export function likelihoodOf(row: PairingRow): number {
  return comesLater(row) ? row.score : row.confidence
}

function lineWidth(row: PairingRow): number {
  if (row.status === 'refused') return 1.5
  return LINE_LEAST + (LINE_MOST - LINE_LEAST) * Math.min(1, Math.max(0, likelihoodOf(row)))
}
