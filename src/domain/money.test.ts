import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { formatMoney, minorDigits, parseAmount } from './money.ts'

test('currencies have the decimals of ISO 4217', () => {
  assert.deepEqual(['GBP', 'JPY', 'KWD', 'XYZ?'].map(minorDigits), [2, 0, 3, 2])
})

test('decimal amounts become minor units, half away from zero, and nothing else passes', () => {
  assert.equal(parseAmount('14.95', 'GBP'), 1495)
  assert.equal(parseAmount('14.955', 'GBP'), 1496)
  assert.equal(parseAmount('-0.005', 'GBP'), -1)
  assert.equal(parseAmount('1500', 'JPY'), 1500)
  assert.equal(parseAmount('1.2345', 'KWD'), 1235)
  for (const text of ['', '1,000.00', '1e3', 'NaN', '£5', '--1', '1.'])
    assert.equal(parseAmount(text, 'GBP'), null)
})

test('what is formatted with the decimals of its currency reads back as the same amount', () => {
  const currency = fc.constantFrom('GBP', 'JPY', 'KWD', 'EUR')
  fc.assert(
    fc.property(fc.nat(1e9), currency, (amountMinor, code) => {
      const decimal = (amountMinor / 10 ** minorDigits(code)).toFixed(minorDigits(code))
      assert.equal(parseAmount(decimal, code), amountMinor)
    }),
  )
  assert.equal(formatMoney({ amountMinor: 1495, currency: 'GBP' }), '£14.95')
  assert.equal(formatMoney({ amountMinor: 1495, currency: 'NOT A CODE' }), '14.95 NOT A CODE')
})
