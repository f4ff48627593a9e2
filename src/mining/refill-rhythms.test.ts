import assert from 'node:assert/strict'
import test from 'node:test'
import type { CatalogProduct } from '../domain/product.ts'
import { packRebuys, type Rebuy } from './rebuy-columns.ts'
import { refillRhythms } from './refill-rhythms.ts'

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
