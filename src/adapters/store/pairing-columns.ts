// Pairings of some anchors as one packed part, and back, exactly. Texts and windows that occur often stand once in a
// table of the part. A field that is added to a pairing or its evidence does not compile until it is stored here.

import assert from 'node:assert/strict'
import type { Evidence, Pairing } from '../../domain/pairing.ts'
import { type PackedColumn, packColumns, unpackColumns } from './packed-columns.ts'

const evidenceFields = Object.keys({
  orders: true,
  ordersTogether: true,
  ordersBulk: true,
  expected: true,
  kindLift: true,
  choices: true,
  choicesBeside: true,
  choicesBesideMost: true,
  errandSpread: true,
  ordersCampaign: true,
  lift: true,
  liftLow: true,
  liftHigh: true,
  confidence: true,
  confidenceLow: true,
  rootLogLikelihoodRatio: true,
  togetherWeight: true,
  ordersWeight: true,
  customersFollowed: true,
  customersLaterFollowed: true,
  customersLater: true,
  customersLaterExpected: true,
  customersEarlier: true,
  laterDaysLow: true,
  laterDaysMedian: true,
  laterDaysHigh: true,
} satisfies Record<keyof Evidence, true>) as (keyof Evidence)[]

/** Columns beside the evidence; the ones that end in `At` point into the tables of texts and windows. */
const ownColumns = [
  'addOnAt',
  'statusAt',
  'relationAt',
  'becauseAt',
  'decidedByAt',
  'needAt',
  'sourceAt',
  'windowsAt',
  'score',
  'priceRatio',
] as const
type ColumnName = (typeof ownColumns)[number] | keyof Evidence

type Tables = {
  readonly anchors: string[]
  /** How many of the following rows belong to each anchor. */
  readonly counts: number[]
  readonly addOns: string[]
  readonly texts: string[]
  readonly windows: Pairing['windows'][]
}

export type PairingWriter = {
  /** Rows so far, an anchor counted as one more. */
  size(): number
  add(anchor: string, pairings: readonly Pairing[]): void
  pack(): Buffer
}

export function openPairingWriter(): PairingWriter {
  const tables: Tables = { anchors: [], counts: [], addOns: [], texts: [], windows: [] }
  const addOnPlace = placesIn<string>(tables.addOns, (one) => one)
  const text = placesIn<string>(tables.texts, (one) => one)
  const windowsPlace = placesIn<Pairing['windows']>(tables.windows, (list) => JSON.stringify(list))
  const names: readonly ColumnName[] = [...ownColumns, ...evidenceFields]
  const columns = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    ColumnName,
    number[]
  >

  function addOne(pairing: Pairing): void {
    const { anchor, addOn, verdict, need, evidence, score, priceRatio, windows, source, ...rest } = pairing
    rest satisfies Record<string, never>
    const { status, relation, because, decidedBy, ...restOfVerdict } = verdict
    restOfVerdict satisfies Record<string, never>
    columns.addOnAt.push(addOnPlace(addOn))
    columns.statusAt.push(text(status))
    columns.relationAt.push(text(relation))
    columns.becauseAt.push(text(because))
    columns.decidedByAt.push(text(decidedBy))
    columns.needAt.push(text(need))
    columns.sourceAt.push(text(source))
    columns.windowsAt.push(windowsPlace(windows))
    columns.score.push(finite(score, 'score', pairing))
    columns.priceRatio.push(priceRatio === null ? Number.NaN : finite(priceRatio, 'priceRatio', pairing))
    for (const field of evidenceFields) columns[field].push(finite(evidence[field], field, pairing))
    assert.equal(anchor, tables.anchors.at(-1), 'a pairing stands under its own anchor')
  }

  return {
    size: () => columns.score.length + tables.anchors.length,
    add(anchor, pairings) {
      tables.anchors.push(anchor)
      tables.counts.push(pairings.length)
      for (const pairing of pairings) addOne(pairing)
    },
    pack: () => packColumns(tables, columns.score.length, columns),
  }
}

/** Adds the pairings of a part to the map. `intern` gives ids that occur in many parts as one string. */
export function unpackPairings(
  bytes: Buffer,
  intern: (id: string) => string,
  into: Map<string, readonly Pairing[]>,
): void {
  const { texts: tables, column, newerColumn } = unpackColumns(bytes)
  const { anchors, counts, addOns, texts, windows } = tables as Tables
  const read = openRowReader({ column, newerColumn }, addOns.map(intern), texts, windows)
  let row = 0
  for (const [place, name] of anchors.entries()) {
    const anchor = intern(name)
    const end = row + (counts[place] ?? 0)
    const list: Pairing[] = []
    for (; row < end; row += 1) list.push(read(anchor, row))
    into.set(anchor, list)
  }
}

/** `newerColumn`: of what plans hold that were published since it was added. */
type Columns = {
  readonly column: (name: ColumnName) => PackedColumn
  readonly newerColumn: (name: ColumnName) => PackedColumn
}

function openRowReader(
  columns: Columns,
  addOns: readonly string[],
  texts: readonly string[],
  windows: readonly Pairing['windows'][],
): (anchor: string, row: number) => Pairing {
  const { column } = columns
  const textAt = (name: ColumnName) => {
    const places = column(name)
    return (row: number) => texts[places[row] ?? -1] ?? ''
  }
  const addOnAt = column('addOnAt')
  const status = textAt('statusAt')
  const relation = textAt('relationAt')
  const because = textAt('becauseAt')
  const decidedBy = textAt('decidedByAt')
  const need = textAt('needAt')
  const source = textAt('sourceAt')
  const windowsAt = column('windowsAt')
  const score = column('score')
  const priceRatio = column('priceRatio')
  const readEvidence = openEvidenceReader(columns)
  return (anchor, row) => ({
    anchor,
    addOn: addOns[addOnAt[row] ?? -1] ?? '',
    // What was written passed the compiler; zlib's checksum tells that it is still the same.
    verdict: {
      status: status(row),
      relation: relation(row),
      because: because(row),
      decidedBy: decidedBy(row),
    } as Pairing['verdict'],
    need: need(row),
    evidence: readEvidence(row),
    score: score[row] ?? 0,
    priceRatio: Number.isNaN(priceRatio[row]) ? null : (priceRatio[row] ?? null),
    windows: windows[windowsAt[row] ?? -1] ?? [],
    source: source(row) as Pairing['source'],
  })
}

/** Written out, so that all evidence has one shape in memory. */
function openEvidenceReader({ column, newerColumn }: Columns): (row: number) => Evidence {
  const orders = column('orders')
  const ordersTogether = column('ordersTogether')
  const ordersBulk = column('ordersBulk')
  const expected = column('expected')
  const kindLift = column('kindLift')
  const choices = column('choices')
  const choicesBeside = column('choicesBeside')
  const choicesBesideMost = column('choicesBesideMost')
  const ordersCampaign = newerColumn('ordersCampaign')
  const errandSpread = newerColumn('errandSpread')
  const lift = column('lift')
  const liftLow = column('liftLow')
  const liftHigh = column('liftHigh')
  const confidence = column('confidence')
  const confidenceLow = column('confidenceLow')
  const rootLogLikelihoodRatio = column('rootLogLikelihoodRatio')
  const togetherWeight = column('togetherWeight')
  const ordersWeight = column('ordersWeight')
  const customersFollowed = column('customersFollowed')
  const customersLaterFollowed = column('customersLaterFollowed')
  const customersLater = column('customersLater')
  const customersLaterExpected = column('customersLaterExpected')
  const customersEarlier = column('customersEarlier')
  const laterDaysLow = column('laterDaysLow')
  const laterDaysMedian = column('laterDaysMedian')
  const laterDaysHigh = column('laterDaysHigh')
  return (row) => ({
    orders: orders[row] ?? 0,
    ordersTogether: ordersTogether[row] ?? 0,
    ordersBulk: ordersBulk[row] ?? 0,
    expected: expected[row] ?? 0,
    kindLift: kindLift[row] ?? 1,
    choices: choices[row] ?? 0,
    choicesBeside: choicesBeside[row] ?? 0,
    choicesBesideMost: choicesBesideMost[row] ?? 0,
    ordersCampaign: ordersCampaign[row] ?? 0,
    errandSpread: errandSpread[row] ?? 0,
    lift: lift[row] ?? 0,
    liftLow: liftLow[row] ?? 0,
    liftHigh: liftHigh[row] ?? 0,
    confidence: confidence[row] ?? 0,
    confidenceLow: confidenceLow[row] ?? 0,
    rootLogLikelihoodRatio: rootLogLikelihoodRatio[row] ?? 0,
    togetherWeight: togetherWeight[row] ?? 0,
    ordersWeight: ordersWeight[row] ?? 0,
    customersFollowed: customersFollowed[row] ?? 0,
    customersLaterFollowed: customersLaterFollowed[row] ?? 0,
    customersLater: customersLater[row] ?? 0,
    customersLaterExpected: customersLaterExpected[row] ?? 0,
    customersEarlier: customersEarlier[row] ?? 0,
    laterDaysLow: laterDaysLow[row] ?? 0,
    laterDaysMedian: laterDaysMedian[row] ?? 0,
    laterDaysHigh: laterDaysHigh[row] ?? 0,
  })
}

/** The sentence is only put together when it is needed: a plan has millions of figures. */
function finite(value: number, field: string, { anchor, addOn }: Pairing): number {
  if (!Number.isFinite(value)) assert.fail(`${field} of ${anchor} with ${addOn} is ${value}, not finite`)
  return value
}

/** Gives each different value a place in the list, and returns the place. */
function placesIn<T>(list: T[], keyOf: (value: T) => string): (value: T) => number {
  const places = new Map<string, number>()
  return (value) => {
    const key = keyOf(value)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, list.length)
    return list.push(value) - 1
  }
}
