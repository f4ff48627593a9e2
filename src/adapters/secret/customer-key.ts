// What stands for a customer wherever Aftercart writes one: HMAC-SHA256 of the shop's own id, keyed with a secret of
// this installation, its first 128 bits in hex. Goes in: the secret. Comes out: a function for single ids, and the two
// padded keys with which a database does the same for millions. Nobody gets from the hash back to the id without the
// secret; who loses the secret loses the link between old and new orders of a customer.

import { createHash, createHmac, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../domain/errors.ts'

/** The ids that mean "no customer". */
const guests = new Set(['', '0'])
const BLOCK_BYTES = 64
const KEPT_HEX = 32

/** The hash of one id, as imports write it; null for a guest. White space and the capitals of addresses do not count. */
export function hashCustomer(id: string, secret: Buffer): string | null {
  const trimmed = id.trim()
  if (guests.has(trimmed)) return null
  const plain = trimmed.includes('@') ? trimmed.toLowerCase() : trimmed.replace(/^(\d+)\.0$/, '$1')
  return createHmac('sha256', secret).update(plain).digest('hex').slice(0, KEPT_HEX)
}

/** The keys of RFC 2104 after padding, in hex: hash = sha256(outer + sha256(inner + id)). */
export function padCustomerKey(secret: Buffer): { innerPad: string; outerPad: string } {
  const key = Buffer.alloc(BLOCK_BYTES)
  const short = secret.length > BLOCK_BYTES ? createHash('sha256').update(secret).digest() : secret
  short.copy(key)
  const padded = (byte: number) => Buffer.from(key.map((keyByte) => keyByte ^ byte)).toString('hex')
  return { innerPad: padded(0x36), outerPad: padded(0x5c) }
}

/** The secret of this data folder; made at first use, readable by its owner alone. */
export function readSecret(dataFolder: string): Buffer {
  const path = join(dataFolder, 'secret.key')
  try {
    mkdirSync(dataFolder, { recursive: true })
    return readOrMake(path)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError(
      'data-folder-unusable',
      `The secret of the data folder, ${path}, cannot be read or made (${cause instanceof Error ? cause.message : cause}); check its rights.`,
      cause,
    )
  }
}

const SECRET_BYTES = 32

function readOrMake(path: string): Buffer {
  const known = readIfThere(path)
  if (known !== null) return checked(known, path)
  const unfinished = `${path}.${process.pid}.tmp`
  const descriptor = openSync(unfinished, 'w', 0o600)
  try {
    writeFileSync(descriptor, randomBytes(SECRET_BYTES))
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  try {
    // A link never replaces: of two processes at the same instant one makes the secret, both read it.
    linkSync(unfinished, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(unfinished, { force: true })
  }
  return checked(readFileSync(path), path)
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function checked(secret: Buffer, path: string): Buffer {
  if (secret.length === SECRET_BYTES) return secret
  throw new AppError(
    'data-folder-unusable',
    `${path} is damaged: it holds ${secret.length} bytes instead of ${SECRET_BYTES}; put it back from a copy.`,
  )
}
