// One signed request to a server of the shop's own. Comes in: where, the key, what to say. Goes out: the answer as JSON, checked
// by the caller. Rejects with the caller's error code where there was no answer of 2xx with JSON in time: redirects are not
// followed, an answer may hold 64 KiB. Neither the answer's text nor the key is in any message.

import type { z } from 'zod'
import { AppError, type ErrorCode } from '../../domain/errors.ts'
import type { Clock } from '../../ports/clock.ts'
import { newId } from '../secret/new-id.ts'
import { readSigningKey, signMessage } from './standard-webhooks.ts'

export type SignedPostOptions = {
  readonly url: string
  /** `whsec_<base64>` */
  readonly secret: string
  readonly clock: Clock
  readonly timeoutMs?: number
}

/** Who does not answer, in words, and the code that says so. */
export type Peer = { readonly name: string; readonly code: ErrorCode }

export type SignedMessage = { readonly type: string; readonly [name: string]: unknown }

export type SignedPost = <T>(message: SignedMessage, shape: z.ZodType<T>) => Promise<T>

const TIMEOUT_MS = 5_000
const ANSWER_BYTES_MAX = 64 * 1024

export function openSignedPost(options: SignedPostOptions, peer: Peer): SignedPost {
  const key = readSigningKey(options.secret)
  const fail = (type: string, why: string) =>
    new AppError(peer.code, `${peer.name} gave no clear answer to ${type}: ${why}; it is asked again.`)

  return async (message, shape) => {
    const body = JSON.stringify(message)
    const headers = {
      'content-type': 'application/json',
      ...signMessage(key, newId(), body, options.clock.nowMs()),
    }
    let text: string | null
    let status: number
    try {
      const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
      const answer = await fetch(options.url, { method: 'POST', headers, body, redirect: 'manual', signal })
      status = answer.status
      text = await readAtMost(answer, ANSWER_BYTES_MAX)
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError'
      throw fail(message.type, isLate ? 'it took too long' : 'the connection failed')
    }
    if (status >= 300 && status < 400)
      throw fail(message.type, `status ${status}, redirects are not followed`)
    if (status < 200 || status > 299) throw fail(message.type, `status ${status}`)
    if (text === null) throw fail(message.type, 'it is larger than 64 KiB')
    const read = shape.safeParse(parse(text))
    if (read.success) return read.data
    const [issue] = read.error.issues
    throw fail(message.type, `its JSON does not fit at "${issue?.path.join('.') ?? ''}"`)
  }
}

/** `null` where it is longer. */
export async function readAtMost(answer: Response, bytesMax: number): Promise<string | null> {
  if (answer.body === null) return ''
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body) {
    length += part.length
    if (length > bytesMax) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
