// One writer at a time. Goes in: the data folder. Comes out: a function that gives the place back. Another process
// that holds it is named with its id; a holder that has died, or an id that the system has meanwhile given to another
// program, does not count. Two takers at the same instant: one wins, the other is told that the folder is busy.

import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../../domain/errors.ts'
import { diskFull } from '../../disk-full.ts'

type Holder = { readonly pid: number; readonly startedAt: string | null }

const heldHere = new Set<string>()

export function takeWriterLock(dataFolder: string): () => void {
  const path = join(dataFolder, 'writer.lock')
  if (heldHere.has(path)) throw busy(dataFolder, process.pid)
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path)) {
      heldHere.add(path)
      return () => {
        heldHere.delete(path)
        rmSync(path, { force: true })
      }
    }
    refuseFolder(path)
    const holder = readHolder(path)
    if (holder !== null && isAlive(holder)) throw busy(dataFolder, holder.pid)
    removeStale(path, holder)
  }
  throw busy(dataFolder, null)
}

/** A restore or a container's mount can put a folder there. */
function refuseFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return
  throw new AppError(
    'data-folder-unusable',
    `${path} is a folder, where a file stands while somebody writes; remove it and run this again.`,
  )
}

/** True when it is ours now: the file appears with its contents, so nobody reads half of it. */
function create(path: string): boolean {
  const own = `${path}.${process.pid}`
  try {
    const descriptor = openSync(own, 'w', 0o644)
    writeFileSync(descriptor, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }))
    closeSync(descriptor)
    linkSync(own, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    const ofDisk = error instanceof Error && 'syscall' in error
    throw diskFull(error, path) ?? (ofDisk ? unwritable(dirname(path), error) : error)
  } finally {
    rmSync(own, { force: true })
  }
}

/** Takes the file away only if it is still the dead one: a lock that was taken meanwhile is put back. */
function removeStale(path: string, dead: Holder | null): void {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const found = readHolder(aside)
  if (found !== null && found.pid !== dead?.pid && isAlive(found)) {
    try {
      linkSync(aside, path)
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
    }
  }
  rmSync(aside, { force: true })
}

function readHolder(path: string): Holder | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof holder !== 'object' || holder === null || !('pid' in holder)) return null
    const { pid } = holder
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return null
    const startedAt = 'startedAt' in holder && typeof holder.startedAt === 'string' ? holder.startedAt : null
    return { pid, startedAt }
  } catch {
    return null
  }
}

export function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return isCode(error, 'EPERM')
  }
  const startedAt = startOf(holder.pid)
  return holder.startedAt === null || startedAt === null || startedAt === holder.startedAt
}

/** When a process started, in the system's own ticks; null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces, so fields are counted after it: state is the third, start the 22nd.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function busy(dataFolder: string, pid: number | null): AppError {
  const who = pid === null ? 'Another process' : `Another process (id ${pid})`
  return new AppError(
    'data-folder-busy',
    `${who} is writing to ${dataFolder}; wait until it has ended and run this again.`,
  )
}

/** A disk that is mounted read-only, or rights that are missing. */
export function unwritable(dataFolder: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new AppError(
    'data-folder-unusable',
    `The data folder ${dataFolder} cannot be written (${why}); check its path, its rights and the free space.`,
    cause,
  )
}
