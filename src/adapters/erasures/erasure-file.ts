// The log of erasures as a file of JSON lines in the data folder. A line is flushed to the disk before it counts; a last
// line that a crash cut short is passed over, since its erasure was not acknowledged. Any other damage is
// `store-damaged`, with the line.

import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../domain/errors.ts'
import type { ErasureLog } from '../../ports/erasure-log.ts'

export function openErasureFile(dataFolder: string): ErasureLog {
  const path = join(dataFolder, 'erasures.jsonl')
  return {
    async add({ customerIds, recipientHashes }, atMs) {
      const file = await open(path, 'a', 0o600)
      try {
        // A line that was cut short must not swallow this one.
        const start = (await endsInLine(path)) ? '' : '\n'
        await file.appendFile(`${start}${JSON.stringify({ customerIds, recipientHashes, atMs })}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    async list() {
      const lines = (await readOrNothing(path)).split('\n')
      return lines.flatMap((line, at) => {
        if (line === '') return []
        const read = readLine(line)
        if (read !== null) return [read]
        // The last line, or one that a crash cut short before the next was added.
        if (!line.endsWith('}')) return []
        throw new AppError(
          'store-damaged',
          `${path}, line ${at + 1}, is damaged: put the file back from a copy.`,
        )
      })
    },
  }
}

async function endsInLine(path: string): Promise<boolean> {
  const text = await readOrNothing(path)
  return text === '' || text.endsWith('\n')
}

async function readOrNothing(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function readLine(line: string) {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { customerIds, recipientHashes, atMs } = value as Readonly<Record<string, unknown>>
  if (!isTexts(customerIds) || !isTexts(recipientHashes) || typeof atMs !== 'number') return null
  return { customerIds, recipientHashes, atMs }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
