// Looks at a file before anything of it is loaded. Goes in: a path. Comes out: what kind it is, its fingerprint, how its
// text is encoded and separated, and its columns. All bytes are read once, so a packed file that was cut off, text that
// turns out binary, or an accent in the last row are known here. Refusals are those of src/ports/order-files.ts.

import { createHash } from 'node:crypto'
import { createReadStream, type Stats, statSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../domain/errors.ts'
import type { OrderFile } from '../../ports/order-files.ts'
import { fileStamp, refuseChanged } from './file-stamp.ts'
import { inspectParquet } from './inspect-parquet.ts'
import { jsonColumns, readTableHead } from './sniff-text.ts'
import { type TextFacts, textFacts } from './text-facts.ts'

type Format = OrderFile['format']

export async function inspectFile(path: string, done: (fraction: number) => void): Promise<OrderFile> {
  const name = basename(path)
  const { size } = statFile(path, name)
  if (size === 0) throw empty(name)
  const stamp = fileStamp(path)
  const format = formatOf(name)
  const read = await readAll({ path, name, size, format }, done)
  refuseChanged(path, name, stamp)
  if (read.magic === 'parquet' || format === 'parquet') {
    const columns = await inspectParquet(path, name)
    const dialect = {
      delimiter: null,
      encoding: 'utf-8',
      endsWithNewline: true,
      lastLine: null,
      linesAbove: 0,
      mixedLineEnds: false,
      brokenRecords: null,
    } as const
    return {
      path,
      name,
      format: 'parquet',
      fingerprint: read.fingerprint,
      stamp,
      columns,
      packed: false,
      ...dialect,
    }
  }
  if (format === null) {
    throw new AppError(
      'file-format-unknown',
      `${name} is of no known kind; its name must end in .csv, .csv.gz, .tsv, .parquet, .jsonl, .jsonl.gz or .ndjson.`,
    )
  }
  return describeText({ path, name, format, stamp }, read)
}

function describeText(file: Pick<OrderFile, 'path' | 'name' | 'format' | 'stamp'>, read: Reading): OrderFile {
  const { facts } = read
  const { name, format } = file
  if (facts.encoding === 'utf-16') {
    throw new AppError(
      'file-unreadable',
      `${name} is written in UTF-16; save it as CSV in UTF-8 and import that.`,
    )
  }
  if (facts.binary) {
    throw new AppError(
      'file-unreadable',
      `${name} is not text but something binary; export it as CSV, JSONL or Parquet.`,
    )
  }
  if (facts.rows < (format === 'jsonl' ? 1 : 2)) throw empty(name)
  const { openInLine, broken, mixedLineEnds } = facts.records
  if (openInLine !== null) {
    throw new AppError(
      'file-unreadable',
      `${name} opens a quotation mark in line ${openInLine} that is never closed, so all behind it is lost: the file is damaged or was cut off. Nothing of it was imported; mend that line or export the file again.`,
    )
  }
  const table = format === 'csv' ? readTableHead(facts.head) : null
  const columns = table?.columns ?? jsonColumns(facts.head)
  if (table === null && columns.length === 0) {
    throw new AppError(
      'file-unreadable',
      `${name} holds no JSON objects; each row must be one, on a line of its own.`,
    )
  }
  const { encoding, endsWithNewline, lastLine } = facts
  return {
    ...{ ...file, fingerprint: read.fingerprint, columns, encoding, mixedLineEnds, brokenRecords: broken },
    ...{ delimiter: table?.delimiter ?? null, linesAbove: table?.linesAbove ?? 0 },
    ...{ packed: read.magic === 'gzip', endsWithNewline, lastLine },
  }
}

function statFile(path: string, name: string): Stats {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) {
    throw new AppError('file-not-found', `There is no file ${path}; check the path.`)
  }
  if (stats.isDirectory()) {
    throw new AppError('file-unreadable', `${name} is a folder; name the files in it.`)
  }
  return stats
}

function formatOf(name: string): Format | null {
  const plain = name.toLowerCase().replace(/\.gz$/, '')
  if (/\.(csv|tsv|txt)$/.test(plain)) return 'csv'
  if (/\.(jsonl|ndjson)$/.test(plain)) return 'jsonl'
  return plain.endsWith('.parquet') ? 'parquet' : null
}

type Reading = {
  readonly fingerprint: string
  readonly magic: 'gzip' | 'parquet' | 'none'
  readonly facts: TextFacts
}

type Unread = {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly format: Format | null
}

async function readAll(
  { path, name, size, format }: Unread,
  done: (fraction: number) => void,
): Promise<Reading> {
  const hash = createHash('sha256')
  const facts = textFacts((head) => (format === 'csv' ? readTableHead(head).delimiter : null))
  let magic: Reading['magic'] | null = null
  let bytesRead = 0
  async function* hashed(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      magic ??= magicOf(chunk)
      bytesRead += chunk.length
      done(bytesRead / size)
      if (magic !== 'parquet') yield chunk
    }
  }
  try {
    const stream = createReadStream(path, { highWaterMark: 1 << 20 })
    const isGzip = magicOf(await firstBytes(path)) === 'gzip'
    const take = async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) facts.add(chunk)
    }
    if (isGzip) await pipeline(stream, hashed, createGunzip({ chunkSize: 1 << 18 }), take)
    else await pipeline(stream, hashed, take)
  } catch (cause) {
    const packed = magic === 'gzip'
    const why = packed ? 'is packed (gzip) and damaged or cut off' : 'cannot be read'
    throw new AppError(
      'file-unreadable',
      `${name} ${why}; nothing of it was imported, ${packed ? 'download it again' : 'check that you may read it'}.`,
      cause,
    )
  }
  return { fingerprint: hash.digest('hex'), magic: magic ?? 'none', facts: facts.finish() }
}

async function firstBytes(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 7 })) return chunk as Buffer
  return Buffer.alloc(0)
}

function magicOf(bytes: Buffer): Reading['magic'] {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  return bytes.subarray(0, 4).toString('latin1') === 'PAR1' ? 'parquet' : 'none'
}

function empty(name: string): AppError {
  return new AppError(
    'file-empty',
    `${name} holds no rows; export it again with orders in the chosen period.`,
  )
}
