// Kept files in a folder, one file each. Layout: a line that names the format; the length of the head as a line; the head
// as JSON, with kind and count of each column; the columns, little-endian; the CRC-32 of all that, 4 bytes. Written under
// another name and then renamed, so that a reader meets the old file or the new one. Goes in: a folder, made when first
// written to. What cannot be written is told, not thrown; what cannot be read to its end is not there.

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { endianness } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { KeptColumn, KeptColumnSource, KeptFile, KeptFiles } from '../../ports/kept-files.ts'
import { isAlive } from '../history/parquet/writer-lock.ts'

const FORMAT = `aftercart kept 1 ${endianness()}\n`
const ENDING_BYTES = 4
/** Bytes that go to the disk, or come from it, at once. */
const PIECE = 1 << 22

type ColumnHead = Pick<KeptColumnSource, 'kind' | 'count'>
type Head = { readonly head: unknown; readonly columns: readonly ColumnHead[] }

export function folderKeptFiles(folder: string): KeptFiles {
  const pathOf = (name: string): string => join(folder, `${name}.kept`)
  return {
    read(name) {
      try {
        return Promise.resolve(readAt(pathOf(name)))
      } catch (error) {
        if (!isOfSystem(error)) throw error
        return Promise.resolve(null)
      }
    },
    write(name, head, columns) {
      const unfinished = `${pathOf(name)}.${process.pid}.tmp`
      try {
        mkdirSync(folder, { recursive: true })
        removeLeftovers(folder)
        writeFile(unfinished, head, columns)
        renameSync(unfinished, pathOf(name))
        return Promise.resolve(null)
      } catch (error) {
        if (existsSync(unfinished)) rmSync(unfinished, { force: true })
        if (!isOfSystem(error)) throw error
        return Promise.resolve(error.message)
      }
    },
  }
}

/** Such as a disk that is full, rights that are missing, a folder in the place of the file. */
function isOfSystem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}

/** What a killed run left half written is as large as the whole. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/\.kept\.(\d+)\.tmp$/.exec(name)?.[1] ?? process.pid)
    if (pid !== process.pid && !isAlive({ pid, startedAt: null })) rmSync(join(folder, name), { force: true })
  }
}

function readAt(path: string): KeptFile | null {
  if (!existsSync(path)) return null
  const descriptor = openSync(path, 'r')
  try {
    return readFile(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function writeFile(path: string, head: unknown, columns: readonly KeptColumnSource[]): void {
  const descriptor = openSync(path, 'w')
  try {
    let check = 0
    const put = (bytes: Uint8Array): void => {
      check = crc32(bytes, check)
      for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from)
    }
    const json = JSON.stringify({ head, columns: columns.map(({ kind, count }) => ({ kind, count })) })
    put(Buffer.from(`${FORMAT}${Buffer.byteLength(json)}\n${json}`))
    for (const { pieces } of columns)
      for (const { buffer, byteOffset, byteLength } of pieces)
        put(new Uint8Array(buffer, byteOffset, byteLength))
    const ending = Buffer.alloc(ENDING_BYTES)
    ending.writeUInt32LE(check)
    put(ending)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Reads a file forward, adding up its check; `null` where it ends too early. */
function openForward(descriptor: number) {
  let at = 0
  let check = 0
  return {
    check: () => check,
    at: () => at,
    fill(bytes: Uint8Array): boolean {
      for (let from = 0; from < bytes.length; ) {
        const read = readSync(descriptor, bytes, from, Math.min(PIECE, bytes.length - from), at)
        if (read === 0) return false
        check = crc32(bytes.subarray(from, from + read), check)
        from += read
        at += read
      }
      return true
    },
  }
}

function readFile(descriptor: number): KeptFile | null {
  const size = fstatSync(descriptor).size
  const forward = openForward(descriptor)
  const head = readHead(forward.fill, size)
  if (head === null) return null
  const bytes = head.columns.reduce((sum, column) => sum + bytesOf(column), 0)
  if (forward.at() + bytes + ENDING_BYTES !== size) return null
  const columns: KeptColumn[] = []
  for (const { kind, count } of head.columns) {
    const column = kind === 'words' ? new Uint32Array(count) : new Uint16Array(count)
    if (!forward.fill(new Uint8Array(column.buffer))) return null
    columns.push(column)
  }
  const check = forward.check()
  const ending = Buffer.alloc(ENDING_BYTES)
  if (!forward.fill(ending) || ending.readUInt32LE(0) !== check) return null
  return { head: head.head, columns }
}

function bytesOf({ kind, count }: ColumnHead): number {
  return count * (kind === 'words' ? 4 : 2)
}

function readHead(fill: (bytes: Uint8Array) => boolean, size: number): Head | null {
  const format = Buffer.alloc(FORMAT.length)
  if (size < FORMAT.length || !fill(format) || format.toString('latin1') !== FORMAT) return null
  const digit = Buffer.alloc(1)
  let length = ''
  while (fill(digit) && digit[0] !== 10 && length.length < 12) length += digit.toString('latin1')
  if (!/^[0-9]+$/.test(length) || Number(length) > size) return null
  const json = Buffer.alloc(Number(length))
  if (!fill(json)) return null
  try {
    const head: Head = JSON.parse(json.toString('utf8'))
    return Array.isArray(head.columns) && head.columns.every(isColumn) ? head : null
  } catch {
    return null
  }
}

function isColumn({ kind, count }: ColumnHead): boolean {
  return (kind === 'words' || kind === 'halves') && Number.isSafeInteger(count) && count >= 0
}
