// The embedded engine: one SQLite file in WAL mode with `synchronous=FULL`, so that a commit is on the disk when it
// returns. In: the data folder. Out: a StoreDatabase whose writes share transactions (see write-queue.ts).
// Two connections: the writer, used by one group of changes at a time, and a reader, which never sees what is not yet
// committed. Other processes may use the same file: each waits for the other's lock without stopping its event loop.
// What can go wrong: the folder cannot be written, the file is damaged, another process keeps the lock.

import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { AppError } from '../../domain/errors.ts'
import { sqliteBridge } from './sqlite-bridge.ts'
import type { Change, StoreDatabase } from './store-database.ts'
import type { Tables } from './tables.ts'
import { openWriteQueue, type Transaction } from './write-queue.ts'

/**
 * SQLite waits for a lock by sleeping, which stops the whole process; so it may sleep for this long only, and
 * between two tries the event loop turns.
 */
const sleepMs = 50
/** After this the other process is taken to hang: a plan of a million pairings is written in some seconds. */
const lockPatienceMs = 30_000

export async function openSqlite(dataFolder: string): Promise<StoreDatabase> {
  const file = join(dataFolder, 'aftercart.sqlite')
  const explain = (error: unknown) => explainSqliteError(error, file)
  try {
    mkdirSync(dataFolder, { recursive: true })
  } catch (error) {
    throw folderUnusable(dataFolder, error)
  }
  let writer: DatabaseSync | null = null
  try {
    writer = await whenUnlocked(() => openConnection(file, false))
    // The name of a new file is only safe once its folder is.
    syncFolder(dataFolder)
    const reader = openConnection(file, true)
    return assemble(file, writer, reader, explain)
  } catch (error) {
    writer?.close()
    throw explain(error)
  }
}

function assemble(
  file: string,
  writer: DatabaseSync,
  reader: DatabaseSync,
  explain: (error: unknown) => unknown,
): StoreDatabase {
  const write = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqliteBridge(writer) }) })
  const read = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqliteBridge(reader) }) })
  const queue = openWriteQueue(sqliteTransaction(writer))
  const add = <T>(change: Change<T>): Promise<T> => queue.add(() => change(write))
  return {
    name: file,
    read,
    write: add,
    writeTogether: add,
    // Each transaction holds the whole file as it begins.
    locksRows: false,
    hold: async () => {},
    explain,
    async close() {
      await queue.drained()
      for (const connection of [reader, writer]) if (connection.isOpen) connection.close()
    },
  }
}

function openConnection(file: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly, timeout: sleepMs, enableForeignKeyConstraints: true })
  try {
    if (!readOnly) {
      const mode = database.prepare('pragma journal_mode = wal').get()?.journal_mode
      if (mode !== 'wal')
        throw new AppError(
          'data-folder-unusable',
          `${file} lies on a file system that SQLite's write-ahead log cannot use (it answered "${mode}"); ` +
            'choose a folder on a local disk with --data.',
        )
    }
    // `fullfsync` matters on macOS only, whose plain fsync leaves data in the cache of the disk.
    // The log is cut back after a large plan was written, or it would keep that size for ever.
    database.exec(
      'pragma synchronous = full; pragma fullfsync = on; pragma checkpoint_fullfsync = on; ' +
        'pragma journal_size_limit = 16777216; pragma cache_size = -16384',
    )
    database.prepare('select count(*) from sqlite_schema').get()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function sqliteTransaction(writer: DatabaseSync): Transaction {
  const savepoint = writer.prepare('savepoint change')
  const release = writer.prepare('release change')
  const rollbackTo = writer.prepare('rollback to change')
  return {
    begin: () => whenUnlocked(() => writer.exec('begin immediate')),
    savepoint: () => void savepoint.run(),
    releaseSavepoint: () => void release.run(),
    rollbackToSavepoint() {
      rollbackTo.run()
      release.run()
    },
    commit: () => writer.exec('commit'),
    rollback: () => writer.exec('rollback'),
    isOpen: () => writer.isTransaction,
  }
}

/** Tries again while another process holds the lock, and lets the event loop turn between tries. */
async function whenUnlocked<T>(attempt: () => T): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += sleepMs + 10) {
    try {
      return attempt()
    } catch (error) {
      if (primaryCode(error) !== codes.busy || waitedMs >= lockPatienceMs) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** SQLite's primary result codes, https://sqlite.org/rescode.html */
const codes = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  authorization: 23,
  notADatabase: 26,
}

function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

function explainSqliteError(error: unknown, file: string): unknown {
  switch (primaryCode(error)) {
    case codes.busy:
    case codes.locked:
      return new AppError(
        'store-unavailable',
        `Another process has kept ${file} locked for ${lockPatienceMs / 1000} s; end it, then try again.`,
        error,
      )
    case codes.corrupt:
    case codes.notADatabase:
      return new AppError(
        'store-damaged',
        `${file} is not an SQLite database or is damaged; restore it from a backup, or move it away to start anew.`,
        error,
      )
    case codes.full:
      return new AppError(
        'data-folder-unusable',
        `No free space is left for ${file}; make room on its disk, or choose another folder with --data.`,
        error,
      )
    case codes.ioError:
      return new AppError(
        'store-unavailable',
        `${file} could not be read or written (${(error as Error).message}); check the disk and its free space.`,
        error,
      )
    case codes.readOnly:
    case codes.cannotOpen:
    case codes.permission:
    case codes.authorization:
      return folderUnusable(file, error)
    default:
      return isFileError(error) ? folderUnusable(file, error) : error
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function folderUnusable(path: string, error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error)
  return new AppError(
    'data-folder-unusable',
    `${path} cannot be created or written (${reason}); check its path and rights, or choose a folder with --data.`,
    error,
  )
}
