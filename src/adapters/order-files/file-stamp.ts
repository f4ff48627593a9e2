// Is a file still the one that was looked at? Goes in: a path. Comes out: its size, its time in nanoseconds and its place
// on the disk as one text. What differs is `file-unreadable`: a file that was written to, or replaced, while it was read
// may be half of one and half of another.

import { statSync } from 'node:fs'
import { AppError } from '../../domain/errors.ts'

export function fileStamp(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? 'gone' : `${stats.size} ${stats.mtimeNs} ${stats.ino}`
}

export function refuseChanged(path: string, name: string, stamp: string): void {
  if (fileStamp(path) === stamp) return
  throw new AppError(
    'file-unreadable',
    `${name} changed while it was read; nothing of it was imported, wait until it is written and import it again.`,
  )
}
