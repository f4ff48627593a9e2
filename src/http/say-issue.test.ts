import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from '@hono/zod-openapi'
import { sayIssue } from './say-issue.ts'
import { decisionRequest, orderBody } from './schemas.ts'

const order = {
  id: '1001',
  customerId: '17850',
  placedAt: '2011-12-09T10:15:00Z',
  currency: 'GBP',
  lines: [{ productId: '22697', quantity: 6, unitPriceMinor: 295 }],
}

function said(schema: z.ZodType, body: unknown): string | undefined {
  const [issue] = schema.safeParse(body).error?.issues ?? []
  return issue === undefined ? undefined : sayIssue(issue)
}

test('what is wrong with an order is a sentence about its field, in words of no library', () => {
  const [line] = order.lines
  for (const [wrong, sentence] of [
    [{ ...order, id: undefined }, 'id is missing'],
    [{ ...order, id: ' ' }, 'id is empty'],
    [{ ...order, id: 7 }, 'id must be text'],
    [
      { ...order, placedAt: 'yesterday' },
      'placedAt must be an ISO 8601 date-time of a day that exists, from 1900 to 2200',
    ],
    [{ ...order, currency: 'pounds' }, 'currency must be an ISO 4217 code such as GBP'],
    [{ ...order, lines: [] }, 'lines must have at least 1 entry'],
    [{ ...order, lines: [{ ...line, quantity: 0 }] }, 'lines.0.quantity must be at least 1'],
    [{ ...order, lines: [{ ...line, quantity: 1.5 }] }, 'lines.0.quantity must be a whole number'],
    [{ ...order, lines: [{ ...line, unitPriceMinor: '2.95' }] }, 'lines.0.unitPriceMinor must be a number'],
    ['order', 'the body must be an object'],
  ] as const) {
    assert.equal(said(orderBody, wrong), sentence)
  }
  assert.equal(said(orderBody, order), undefined)
})

test('a choice names what there is to choose from, and a field that nobody knows is named', () => {
  assert.equal(
    said(decisionRequest, { orderId: '1', placement: 'footer' }),
    'placement must be one of thank-you, confirmation-email, follow-up',
  )
  assert.equal(said(decisionRequest, { placement: 'thank-you' }), 'the body needs either orderId or order')
  assert.equal(
    said(z.strictObject({ status: z.string() }), { status: 'pinned', until: 1 }),
    'the body has a field that is not known: until',
  )
})
