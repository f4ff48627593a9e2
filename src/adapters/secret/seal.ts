// Addresses and names as they are stored: AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce each, under a key derived
// from the installation's secret (HKDF, RFC 5869), so that a copy of the store alone names nobody. Opening what was
// altered, or sealed under another secret, is `store-damaged`.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '../../domain/errors.ts'
import type { Recipient } from '../../domain/recipient.ts'
import type { StoredRecipient } from '../../ports/message-store.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

export type Sealing = {
  seal(recipient: Recipient): StoredRecipient
  open(stored: StoredRecipient): Recipient
}

export function openSealing(secret: Buffer): Sealing {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'aftercart recipients', 32))
  return {
    seal({ email, phone, name, ...rest }) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(JSON.stringify({ email, phone, name })), cipher.final()])
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
      return { ...rest, sealed: `s1.${sealed}` }
    },
    open({ sealed, ...rest }) {
      return { ...rest, ...openSealed(sealed, key) }
    },
  }
}

function openSealed(sealed: string, key: Buffer): Pick<Recipient, 'email' | 'phone' | 'name'> {
  const bytes = Buffer.from(sealed.replace(/^s1\./, ''), 'base64url')
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    cipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    const body = Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()])
    const { email, phone, name } = JSON.parse(body.toString('utf8'))
    return { email, phone, name }
  } catch (error) {
    throw new AppError(
      'store-damaged',
      'An address in the store cannot be opened: it was altered, or secret.key is not the one it was sealed with; put secret.key back from a copy.',
      error,
    )
  }
}
