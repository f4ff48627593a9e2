// What is stored of a server's words holds nobody's address.

import assert from 'node:assert/strict'
import test from 'node:test'
import { plainReason } from './plain-reason.ts'

test('addresses and numbers are taken out of what a server says, its codes stay', () => {
  const said = {
    '550 5.1.1 <ada.l+x@mail.example>: Recipient address rejected':
      '550 5.1.1 <the address>: Recipient address rejected',
    '452-4.2.2 "löwe@mäil.example" is full\r\n452 4.2.2 later':
      '452-4.2.2 "the address" is full 452 4.2.2 later',
    "21614 'To' number +1 (512) 555-0100 is no mobile": "21614 'To' number the number is no mobile",
    'To 15125550100 failed': 'To the number failed',
    'RCPT TO:ada@mail.example,bob@mail.example': 'RCPT TO:the address,the address',
  }
  for (const [words, plain] of Object.entries(said)) assert.equal(plainReason(words), plain)
  assert.equal(plainReason('x'.repeat(5_000)).length, 200)
})
