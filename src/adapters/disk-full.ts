// Is the disk full? Goes in: what an engine or Node threw, and the folder that was written to. Comes out:
// `data-folder-unusable` with a sentence that says so, or null where it is something else. DuckDB tells it by words only:
// a write that fails, or data that does not fit in memory and finds no room in the temporary folder either.

import { AppError } from '../domain/errors.ts'

const signs = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|max_temp_directory_size/

export function diskFull(error: unknown, folder: string): AppError | null {
  if (error instanceof AppError || !(error instanceof Error) || !signs.test(error.message)) return null
  return new AppError(
    'data-folder-unusable',
    `No free space is left on the disk of ${folder}; make room there and run this again, or choose another folder with --data.`,
    error,
  )
}
