// What the bytes of a text file say, chunk by chunk in bounded memory. Comes out: the encoding, the first megabyte as
// text, the last line, where records end, and whether it is text at all. Bytes that are no UTF-8 mean Windows-1252,
// unless the file holds more accents in good UTF-8 than broken ones: then single rows are broken, and reading
// rejects them.

import { isUtf8 } from 'node:buffer'
import { followRecords, type RecordFacts } from './follow-records.ts'

export type TextFacts = {
  readonly encoding: 'utf-8' | 'windows-1252' | 'utf-16'
  readonly binary: boolean
  /** The first megabyte, without byte order mark. */
  readonly head: string
  readonly endsWithNewline: boolean
  /** What stands after the last end of line; null where nothing does, or where it is too long to keep. */
  readonly lastLine: string | null
  /** Lines that are not blank, counted up to two. */
  readonly rows: number
  readonly records: RecordFacts
}

const HEAD_BYTES = 1 << 20
const LAST_LINE_BYTES = 1 << 16

/** `delimiterOf` finds how fields are separated from the first megabyte; null where quotation marks mean nothing. */
export function textFacts(delimiterOf: (head: string) => string | null) {
  const headChunks: Buffer[] = []
  let headBytes = 0
  let waiting: Buffer[] = []
  let records: ReturnType<typeof followRecords> | null = null
  let tail: Buffer = Buffer.alloc(0)
  let rest: Buffer = Buffer.alloc(0)
  let zeros = 0
  let good = 0
  let broken = 0

  function add(chunk: Buffer): void {
    if (headBytes < HEAD_BYTES) {
      headChunks.push(Buffer.from(chunk.subarray(0, HEAD_BYTES - headBytes)))
      headBytes += chunk.length
    }
    waiting.push(chunk)
    if (headBytes >= HEAD_BYTES) follow()
    if (chunk.includes(0)) zeros += 1
    tail = Buffer.concat([tail, chunk]).subarray(-LAST_LINE_BYTES)
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const whole = wholeCharacters(bytes)
    rest = Buffer.from(bytes.subarray(whole))
    if (isUtf8(bytes.subarray(0, whole)) && broken === 0) return
    const counted = countAccents(bytes.subarray(0, whole))
    good += counted.good
    broken += counted.broken
  }

  function follow(): ReturnType<typeof followRecords> {
    records ??= followRecords(delimiterOf(Buffer.concat(headChunks).toString('latin1')))
    for (const chunk of waiting) records.add(chunk)
    waiting = []
    return records
  }

  function finish(): TextFacts {
    broken += rest.length
    const raw = Buffer.concat(headChunks)
    const utf16 = (raw[0] === 0xff && raw[1] === 0xfe) || (raw[0] === 0xfe && raw[1] === 0xff)
    const encoding = broken > good ? 'windows-1252' : 'utf-8'
    const head = new TextDecoder(encoding).decode(raw)
    const lastBreak = tail.lastIndexOf(0x0a)
    const last = new TextDecoder(encoding).decode(tail.subarray(lastBreak + 1))
    return {
      encoding: utf16 ? 'utf-16' : encoding,
      binary: zeros > 0 && !utf16,
      head,
      endsWithNewline: last === '',
      lastLine: last === '' || (lastBreak < 0 && tail.length === LAST_LINE_BYTES) ? null : last,
      rows: countRows(head),
      records: follow().finish(),
    }
  }

  return { add, finish }
}

function countRows(head: string): number {
  let rows = 0
  for (const line of head.split(/\r\n|\n|\r/)) {
    if (line.trim() !== '') rows += 1
    if (rows === 2) break
  }
  return rows
}

/** Length without a character that the end of the chunk cuts in two. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function lengthOf(lead: number): number {
  if (lead >= 0xc2 && lead < 0xe0) return 2
  if (lead >= 0xe0 && lead < 0xf0) return 3
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 1
}

/** Characters beyond ASCII that are good UTF-8, and bytes that are not. */
function countAccents(bytes: Buffer): { good: number; broken: number } {
  let good = 0
  let broken = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    const length = lengthOf(byte)
    if (length > 1 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length) {
      good += 1
      at += length - 1
    } else broken += 1
  }
  return { good, broken }
}
