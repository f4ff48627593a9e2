import assert from 'node:assert/strict'
import test from 'node:test'
import { packColumns, unpackColumns } from './packed-columns.ts'

test('a column that was added later reads as zeros in a part written before it, any other must be there', () => {
  const part = packColumns({}, 2, { orders: [3, 4], share: [0.5, Number.NaN] })
  const { column, newerColumn } = unpackColumns(part)
  assert.deepEqual([...newerColumn('ordersCampaign')], [0, 0])
  assert.deepEqual([...newerColumn('orders')], [3, 4])
  assert.deepEqual([...column('share')], [0.5, Number.NaN])
  assert.throws(() => column('ordersCampaign'), /has a column ordersCampaign/)
})
