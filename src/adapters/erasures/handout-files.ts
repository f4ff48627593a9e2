// What a person asked for, as a JSON file in the data folder that its owner alone may read, until it was handed on. The same
// request twice is one file, the newer.

import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeepHandout } from '../../ports/privacy-requests.ts'

export function openHandoutFiles(dataFolder: string): KeepHandout {
  const folder = join(dataFolder, 'data-requests')
  return async (eventId, contents) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, `${eventId}.json`)
    const unfinished = `${path}.${process.pid}`
    const file = await open(unfinished, 'w', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(contents, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
    return path
  }
}
