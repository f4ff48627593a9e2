// Readers of option values: each returns the value or throws the sentence that says what the option takes.

import { InvalidArgumentError } from 'commander'
import { parseInstant } from '../domain/instant.ts'
import { isCurrency } from '../domain/money.ts'
import { isPlacement, type Placement, placements } from '../domain/placement.ts'
import type { ColumnNames } from '../importing/recognise-columns.ts'

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`it takes a whole number from ${least} to ${most}`)
  }
}

export function shareUpTo(most: number): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim())
    const value = match === null ? Number.NaN : Number(match[1]) / (match[2] === '%' ? 100 : 1)
    if (value >= 0 && value <= most) return value
    throw new InvalidArgumentError(`it takes a share from 0 to ${most}, such as 0.05 or 5%`)
  }
}

export const share = shareUpTo(1)

export function instant(text: string): number {
  const atMs = parseInstant(text)
  if (atMs === null) throw new InvalidArgumentError('it takes an ISO date such as 2011-09-01')
  return atMs
}

export function placement(text: string): Placement {
  if (isPlacement(text)) return text
  throw new InvalidArgumentError(`it takes one of ${placements.join(', ')}`)
}

export function oneOf<const Choices extends readonly string[]>(
  choices: Choices,
): (text: string) => Choices[number] {
  return (text) => {
    const found = choices.find((choice) => choice === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`it takes one of ${choices.join(', ')}`)
  }
}

export function idList(text: string): readonly string[] {
  const ids = text
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean)
  if (ids.length === 0) throw new InvalidArgumentError('it takes product ids with commas between them')
  return ids
}

export function columnNames(text: string): ColumnNames {
  const pairs = text.split(',').map((part) => {
    const at = part.indexOf('=')
    if (at < 1 || at === part.length - 1)
      throw new InvalidArgumentError('it takes pairs such as order=Receipt')
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
  })
  return Object.fromEntries(pairs)
}

export function currencyCode(text: string): string {
  if (isCurrency(text)) return text
  throw new InvalidArgumentError('it takes an ISO 4217 code such as EUR')
}
