// Writes that survive a power cut: the bytes reach the disk, then the name, then the folder that holds the name.
// A name appears with its whole contents or not at all. Failures of the disk are thrown as Node gives them.

import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Ending of files that are being written; the next writer removes what a killed one left. */
export const unfinishedEnding = '.tmp'

export function writeFileDurably(path: string, text: string, mode = 0o644): void {
  const unfinished = `${path}${unfinishedEnding}`
  const descriptor = openSync(unfinished, 'w', mode)
  try {
    // Not writeSync: on a disk that fills up it writes a part, and does not fail.
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(unfinished, path)
  syncPath(dirname(path))
}

/** Gives a file that was completely written its final name. The folder still has to be synced. */
export function finishFile(unfinished: string, path: string): void {
  syncPath(unfinished)
  renameSync(unfinished, path)
}

/** Makes a file's contents, or the names in a folder, durable. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
