// Failures as RFC 9457 problem details. Comes in: an AppError or anything else that was thrown. Goes out: a JSON
// answer with the code of docs/errors.md; what was not foreseen says nothing about its insides.

import type { Context } from 'hono'
import { AppError, type ErrorCode, errorTable } from '../domain/errors.ts'

export type ProblemField = { readonly path: string; readonly message: string }

export function problem(
  c: Context,
  code: ErrorCode,
  detail: string,
  errors?: readonly ProblemField[],
): Response {
  const { status, title } = errorTable[code]
  const body = {
    type: `urn:aftercart:error:${code}`,
    title,
    status,
    code,
    detail,
    ...(errors ? { errors } : {}),
  }
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' })
}

/** For whatever a route threw: coded failures keep their sentence, bugs are logged by the caller and stay vague. */
export function problemFrom(c: Context, error: unknown): Response {
  if (error instanceof AppError) return problem(c, error.code, error.message)
  return problem(c, 'internal', 'The request failed; the log of the server has the details.')
}
