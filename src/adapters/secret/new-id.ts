// An id that nobody can guess: 128 bits of the operating system's chance in Crockford's base32, 26 characters.

import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const CHARACTERS = 26

export function newId(): string {
  let number = BigInt(`0x${randomBytes(16).toString('hex')}`)
  let text = ''
  for (let at = 0; at < CHARACTERS; at++) {
    text = (alphabet[Number(number & 31n)] ?? '0') + text
    number >>= 5n
  }
  return text
}
