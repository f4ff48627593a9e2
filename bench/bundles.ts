// Does title and category alone know what people put together? Of bundles that people labelled, a part is held back;
// what is learnt from the rest is category pairs and nothing about items. Each item of a held bundle is asked for the
// others among all items: how many of these pairs rank in the top 10? Beside it the baselines, in the same run. The
// test is one fixed part of the bundles; the weights (src/next/kindred.ts) were chosen on three splits of the rest,
// `--on validation`. Intervals by drawing bundles.
//   node bench/bundles.ts <folder with item_titles.csv.gz, item_categories.csv.gz, bundle_item.csv.gz> [--on validation]

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openCategoryLift, openKindred, openTitleCosine } from '../src/next/kindred.ts'
import { learnSharing } from '../src/next/learn-sharing.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { tinyCatalogProduct } from '../test/tiny-catalog-product.ts'
import { type BundleItem, readBundles } from './bundles/read-bundles.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: 'string', default: 'test' } },
})
const [folder] = positionals
if (folder === undefined) {
  process.stderr.write('Name the folder that holds item_titles.csv.gz and its two companions.\n')
  process.exit(1)
}

const TOP = 10
const RESAMPLES = 1000
const { items, bundles } = readBundles(folder)
type Bundle = (typeof bundles)[number]
type Scorer = (anchor: number) => ArrayLike<number>
/** Hits and pairs per bundle: among all items, and among those of another category than the anchor. */
type Tally = { readonly hits: number; readonly pairs: number }
type Row = { readonly all: readonly Tally[]; readonly across: readonly Tally[] }

/** Three tenths of the bundles, drawn by a hash (FNV-1a, mixed) of a name for the draw and the bundle's id. */
function split(some: readonly Bundle[], draw: string): readonly [rest: Bundle[], held: Bundle[]] {
  const rest: Bundle[] = []
  const held: Bundle[] = []
  for (const bundle of some) (hash(`${draw}:${bundle.id}`) % 10 < 3 ? held : rest).push(bundle)
  return [rest, held]
}

function hash(text: string): number {
  let mixed = 2_166_136_261
  for (const letter of text) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 16_777_619)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

const itemOf = (number: number): BundleItem => items[number] ?? { title: '', category: '' }

function learn(train: readonly Bundle[]): Readonly<Record<string, Scorer>> {
  const counts = new Map<string, Map<string, number>>()
  const byItem = new Float64Array(items.length)
  const byCategory = new Map<string, number>()
  const sizes = Map.groupBy(items, ({ category }) => category)
  for (const bundle of train) {
    for (const one of bundle.items) {
      const { category } = itemOf(one)
      byItem[one] = (byItem[one] as number) + 1
      byCategory.set(category, (byCategory.get(category) ?? 0) + 1)
      const others = counts.get(category) ?? new Map<string, number>()
      counts.set(category, others)
      for (const other of bundle.items) {
        if (other === one) continue
        const beside = itemOf(other).category
        others.set(beside, (others.get(beside) ?? 0) + 1)
      }
    }
  }
  const titles = items.map(({ title }) => title)
  const cosineWith = openTitleCosine(titles, titles)
  const kindredOf = openKindred(items, counts)
  const liftBetween = openCategoryLift(counts)
  const lnOddsWith = openBrandOdds(train)
  const popular = items.map(({ category }, number) => [
    byCategory.get(category) ?? 0,
    (byCategory.get(category) ?? 0) + (byItem[number] as number) / 1000,
  ])
  return {
    ours: (anchor) => kindredOf(itemOf(anchor)),
    'ours, and a brand in front of the title': (anchor) => {
      const scores = kindredOf(itemOf(anchor))
      const lnOdds = lnOddsWith(anchor)
      return scores.map((score, item) => score + lnOdds(item))
    },
    'title alone': (anchor) => cosineWith(itemOf(anchor).title),
    'category lift alone': (anchor) =>
      items.map(({ category }) => liftBetween(itemOf(anchor).category, category)),
    'category pairs per item': (anchor) => {
      const others = counts.get(itemOf(anchor).category)
      return items.map(({ category }) => (others?.get(category) ?? 0) / (sizes.get(category)?.length ?? 1))
    },
    'category popularity': () => popular.map(([category]) => category ?? 0),
    'category popularity, then item popularity': () => popular.map(([, both]) => both ?? 0),
    'item popularity': () => byItem,
  }
}

/** The first word of a title as its brand; what bundles show of it as src/next/seat-newcomers.ts has it. */
function openBrandOdds(train: readonly Bundle[]): (anchor: number) => (item: number) => number {
  const brandOf = (item: number): string => itemOf(item).title.split(' ', 1)[0]?.toLowerCase() ?? ''
  const catalog = items.map(({ title, category }, item) =>
    tinyCatalogProduct(String(item), title, 1, { category, brand: brandOf(item) || null }),
  )
  const pairs = train.flatMap((bundle) =>
    bundle.items.flatMap((one) =>
      bundle.items.filter((other) => other !== one).map((other) => [String(one), String(other)] as const),
    ),
  )
  const completions = new Map(
    [...Map.groupBy(pairs, ([one]) => one)].map(
      ([one, list]) =>
        [one, [...new Set(list.map(([, other]) => other))].map((addOn) => ({ addOn }))] as const,
    ),
  )
  const lnOddsOf = learnSharing(catalog, completions, new Set(['brand:']))
  return (anchor) => (item) =>
    lnOddsOf === null || brandOf(item) !== brandOf(anchor)
      ? 0
      : lnOddsOf(itemOf(anchor).category, itemOf(item).category, `brand:${brandOf(item)}`)
}

/** How many come before it; of equals the one that the file names first. */
function placeOf(target: number, scores: ArrayLike<number>, allowed: (item: number) => boolean): number {
  const score = scores[target] as number
  let before = 0
  for (let item = 0; item < scores.length; item++) {
    const other = scores[item] as number
    if ((other > score || (other === score && item < target)) && allowed(item)) before += 1
  }
  return before
}

function ask(scorer: Scorer, held: readonly Bundle[]): Row {
  const all: Tally[] = []
  const across: Tally[] = []
  for (const bundle of held) {
    const [any, other] = [
      { hits: 0, pairs: 0 },
      { hits: 0, pairs: 0 },
    ]
    for (const anchor of bundle.items) {
      const scores = scorer(anchor)
      const isOther = (item: number): boolean => itemOf(item).category !== itemOf(anchor).category
      for (const target of bundle.items) {
        if (target === anchor) continue
        any.pairs += 1
        if (placeOf(target, scores, (item) => item !== anchor) < TOP) any.hits += 1
        if (!isOther(target)) continue
        other.pairs += 1
        if (placeOf(target, scores, isOther) < TOP) other.hits += 1
      }
    }
    all.push(any)
    across.push(other)
  }
  return { all, across }
}

const rate = (tallies: readonly Tally[]): number =>
  tallies.reduce((sum, { hits }) => sum + hits, 0) / tallies.reduce((sum, { pairs }) => sum + pairs, 0)

/** The ends of the 95 % interval when whole bundles are drawn again. */
function interval(tallies: readonly Tally[]): readonly [low: number, high: number] {
  const random = seededRandom(7)
  const rates = Array.from({ length: RESAMPLES }, () =>
    rate(
      tallies.map(() => tallies[Math.floor(random() * tallies.length)]).filter((one) => one !== undefined),
    ),
  ).sort((one, other) => one - other)
  return [rates[RESAMPLES * 0.025] ?? 0, rates[RESAMPLES * 0.975] ?? 0]
}

function print(heading: string, rows: ReadonlyMap<string, Row>): void {
  const percent = (share: number): string => (100 * share).toFixed(2)
  const cell = (tallies: readonly Tally[]): string => {
    const [low, high] = interval(tallies)
    return `${percent(rate(tallies))} (${percent(low)} to ${percent(high)})`
  }
  const [first] = rows.values()
  const pairs = (tallies: readonly Tally[] = []): number => tallies.reduce((sum, one) => sum + one.pairs, 0)
  process.stdout.write(
    `${heading}: ${pairs(first?.all)} pairs, ${pairs(first?.across)} of different categories; in the top ${TOP}, %\n`,
  )
  for (const [name, { all, across }] of rows)
    process.stdout.write(`  ${name.padEnd(42)} ${cell(all).padEnd(24)} ${cell(across)}\n`)
}

function measure(learnt: readonly Bundle[], held: readonly Bundle[]): ReadonlyMap<string, Row> {
  return new Map(Object.entries(learn(learnt)).map(([name, scorer]) => [name, ask(scorer, held)]))
}

const [pool, test] = split(bundles, 'test')
if (values.on === 'validation') {
  for (const draw of ['1', '2', '3']) print(`validation ${draw}`, measure(...split(pool, draw)))
} else {
  print('test', measure(pool, test))
  // Other draws of all bundles: what was validated on is among them, so these only tell how much the draw matters.
  for (const draw of ['a', 'b', 'c', 'd']) print(`other split ${draw}`, measure(...split(bundles, draw)))
}
process.stdout.write(
  `${items.length} items, ${bundles.length} bundles, load ${loadavg()[0]?.toFixed(1) ?? '?'}\n`,
)
