// JSON in a column was written by us; what is read is still checked where that is cheap, so that a damaged row says
// which row it is and does not travel further.

import { AppError } from '../../domain/errors.ts'

export function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged(what, error)
  }
}

export function damaged(what: string, cause?: unknown): AppError {
  return new AppError(
    'store-damaged',
    `The stored ${what} cannot be read; restore the database from a backup.`,
    cause,
  )
}

/** A plan can always be made again from the history, and one of an older version has to be. */
export function damagedPlan(version: number, cause?: unknown): AppError {
  return new AppError(
    'store-damaged',
    `The stored plan ${version} cannot be read, being damaged or of an older version; run "aftercart mine" to make a new one.`,
    cause,
  )
}

/** Keys must come back as they went in: PostgreSQL refuses NUL, and half a surrogate pair has no UTF-8. */
export function requireStorableKey(key: string, what: string): void {
  if (!isStorableKey(key))
    throw new AppError(
      'request-invalid',
      `The ${what} ${JSON.stringify(key)} is empty or holds characters that cannot be stored.`,
    )
}

/** Nothing is stored under a key that is not: who looks for it need not ask the database, which may refuse the question. */
export function isStorableKey(key: string): boolean {
  return key !== '' && !key.includes('\0') && key.isWellFormed()
}
