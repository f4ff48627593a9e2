import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { openLinkTokens } from './link-tokens.ts'

const tokens = openLinkTokens(Buffer.alloc(32, 5))
const hash = '0123456789abcdef0123456789abcdef'
const message = 'abcdefghjkmnpqrstvwxyz0123'

test('a link says whom, on which medium and by which message, and nothing that a person could read', () => {
  for (const medium of ['email', 'sms'] as const) {
    const token = tokens.unsubscribe(hash, medium, message)
    assert.deepEqual(tokens.readUnsubscribe(token), { recipientHash: hash, medium, messageId: message })
    assert.match(token, /^[A-Za-z0-9_.-]+$/)
  }
  assert.deepEqual(tokens.readClick(tokens.click(message, 1)), { messageId: message, index: 1 })
})

test('an order of any name is found again by the link of its picture', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
      fc.constantFrom(0, 1),
      (orderId, index) => {
        fc.pre(orderId.isWellFormed() && orderId.length <= 200)
        assert.deepEqual(tokens.readImage(tokens.image(orderId, index)), { orderId, index })
      },
    ),
  )
})

test('a token of one kind, of another secret, or altered in any character reads as none', () => {
  const token = tokens.click(message, 0)
  assert.equal(tokens.readUnsubscribe(token), null)
  assert.equal(tokens.readImage(token), null)
  assert.equal(openLinkTokens(Buffer.alloc(32, 6)).readClick(token), null)
  for (let at = 0; at < token.length; at += 1) {
    for (const other of ['A', '_', '.', '']) {
      if (token[at] === other) continue
      assert.equal(tokens.readClick(token.slice(0, at) + other + token.slice(at + 1)), null)
    }
  }
})

test('100,000 guesses at a link to unsubscribe hit nobody', () => {
  let hits = 0
  for (let at = 0; at < 100_000; at += 1) {
    const guess = createHash('sha256').update(String(at)).digest('base64url').slice(0, 22)
    if (tokens.readUnsubscribe(`e${hash}.${message}.${guess}`) !== null) hits += 1
  }
  assert.equal(hits, 0)
})
