import assert from 'node:assert/strict'
import test from 'node:test'
import type { CatalogProduct } from '../domain/product.ts'
import { isRegular } from '../next/rebuy-share.ts'
import { type Random, seededRandom } from '../stats/seeded-random.ts'
import { type ProductRebuys, packRebuys, type Rebuy } from './rebuy-columns.ts'
import { refillRhythms } from './refill-rhythms.ts'

const CUSTOMERS = 60
const YEAR = 365
const tidy = { sigmaWithin: 0, sigmaBetween: 0 }

/** Customers of one product who bought it for the first time some day of the year and come back after `gap` days. */
function productOf(productId: string, random: Random, gap: () => number): ProductRebuys {
  const rows = Array.from({ length: CUSTOMERS }, (): Rebuy => {
    const row = { gaps: 0, sumV: 0, sumVV: 0, sumU: 0, sumUU: 0, sumUV: 0 }
    let day = YEAR * random()
    for (let next = day + gap(); next < YEAR && random() < 0.8; next += gap()) {
      const v = Math.log(next - day)
      row.gaps += 1
      row.sumV += v
      row.sumVV += v * v
      day = next
    }
    return { ...row, openDays: Math.max(0.5, YEAR - day), openU: 0, customers: 1 }
  })
  return { productId, rows: packRebuys(rows) }
}

function rhythmsOf(rebuys: readonly ProductRebuys[]): ReturnType<typeof refillRhythms> {
  const ids = rebuys.map(({ productId }) => productId)
  return refillRhythms({
    rebuys,
    margins: new Map(ids.map((id) => [id, { customers: CUSTOMERS, repeatCustomers: 40 }])),
    catalog: ids.map((id) => ({
      ...{ id, title: id, category: null, categoryIsGuess: false, variantGroup: null, lastsDays: null },
    })),
  })
}

test('what is bought again at any time does not move the rhythm of what gets used up', () => {
  const random = seededRandom(5)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const teas = Array.from({ length: 4 }, (_, one) =>
    productOf(`tea ${one}`, random, () => 60 * Math.exp(0.3 * normal())),
  )
  // The chance to come back is the same each day: ln days then spread by 1.28 (π/√6), more than any refill's.
  const lamps = Array.from({ length: 12 }, (_, one) =>
    productOf(`lamp ${one}`, random, () => 0.5 - 60 * Math.log(1 - random())),
  )
  const [alone, together] = [rhythmsOf(teas), rhythmsOf([...teas, ...lamps])]
  for (const { productId } of teas) assert.deepEqual(together.get(productId), alone.get(productId))
  assert.ok(lamps.every(({ productId }) => !isRegular(together.get(productId) ?? tidy, 40)))
})

test('of few customers a spread must be smaller than of many to be sure that they come back at a regular time', () => {
  // ln of an estimated spread is about normal with 1 / √(2n): of 20 customers e^(1.96 / √40) = 1.36 times too small.
  const spread = { sigmaWithin: 0.6, sigmaBetween: 0.5 }
  assert.deepEqual(
    [20, 40, 200].map((customers) => isRegular(spread, customers)),
    [false, true, true],
  )
})

/** Customers who came back twice, after `days` each time, a little sooner or later, with one unit. */
function buyers(days: number, count: number): Rebuy[] {
  return Array.from({ length: count }, (_, place) => {
    const own = Math.log(days) + (place % 5) * 0.1 - 0.2
    const [one, other] = [own - 0.2, own + 0.2]
    return {
      ...{ gaps: 2, sumV: one + other, sumVV: one * one + other * other, sumU: 0, sumUU: 0, sumUV: 0 },
      ...{ openDays: days / 3, openU: 0, customers: 1 },
    }
  })
}

const alone = { category: null, categoryIsGuess: false, variantGroup: null, lastsDays: null }

function rhythmOf(product: Partial<CatalogProduct>, repeatCustomers = 60) {
  return refillRhythms({
    rebuys: [{ productId: 'beans', rows: packRebuys(buyers(40, repeatCustomers)) }],
    margins: new Map([['beans', { customers: 100, repeatCustomers }]]),
    catalog: [{ ...alone, id: 'beans', title: 'Beans', ...product }],
  }).get('beans')
}

test('days that the catalog names are a prior: they pull what customers show towards them, the less the more came back', () => {
  const shown = rhythmOf({})
  const pulled = rhythmOf({ lastsDays: 80 })
  const hardly = rhythmOf({ lastsDays: 80 }, 95)
  assert.ok(shown && pulled && hardly)
  assert.deepEqual([shown.basis, pulled.basis], ['own', 'own'])
  assert.ok(Math.abs(shown.medianDays - 40) < 2, `${shown.medianDays}`)
  // 20 customers' worth of 80 days beside some 60 of 40: exp((60 ln 40 + 20 ln 80) / 80) is 47.6.
  assert.ok(pulled.medianDays > 44 && pulled.medianDays < 52, `${pulled.medianDays}`)
  assert.ok(hardly.medianDays > 41 && hardly.medianDays < pulled.medianDays - 0.5, `${hardly.medianDays}`)
})

test('nineteen customers who came back are no rhythm of its own, twenty are one', () => {
  assert.equal(rhythmOf({}, 19), undefined)
  assert.equal(rhythmOf({}, 20)?.basis, 'own')
  assert.deepEqual(
    [rhythmOf({ lastsDays: 30 }, 19)?.basis, Math.round(rhythmOf({ lastsDays: 30 }, 19)?.medianDays ?? 0)],
    ['catalog', 30],
  )
})
