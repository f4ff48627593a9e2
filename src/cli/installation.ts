// One installation: a data folder with its store, its order history, its settings and its secret. Comes in: the options
// of a command. Goes out: the effects that stages take. What is not needed is not opened. A command that only reads
// refuses a folder that is not there, so that a typo in --data makes no empty installation.

import { existsSync, mkdirSync } from 'node:fs'
import { systemClock } from '../adapters/clock/system-clock.ts'
import { openParquetHistory } from '../adapters/history/parquet/open-parquet-history.ts'
import { hashCustomer, readSecret } from '../adapters/secret/customer-key.ts'
import { openStore } from '../adapters/store/open-store.ts'
import { AppError } from '../domain/errors.ts'
import type { Settings } from '../domain/settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { History } from '../ports/history.ts'
import type { Store } from '../ports/store.ts'
import { readSettings } from './read-settings.ts'

export type Installation = {
  readonly dataFolder: string
  readonly store: Store
  readonly settings: Settings
  readonly clock: Clock
  readonly secret: Buffer
  /** The keyed hash under which a customer is known; `null` for ids that mean a guest. */
  readonly hashCustomer: (customerId: string) => string | null
  readonly openHistory: () => Promise<History>
  close(): Promise<void>
}

export type InstallationPlace = {
  readonly data: string
  /** The data folder is made where there is none. */
  readonly create?: boolean
  /** The store is the file in the data folder, whatever DATABASE_URL says: for replays and the demo. */
  readonly apart?: boolean
}

export async function openInstallation(place: InstallationPlace): Promise<Installation> {
  const dataFolder = place.data
  const databaseUrl = place.apart === true ? undefined : process.env.DATABASE_URL
  if (place.create !== true && databaseUrl === undefined && !existsSync(dataFolder)) {
    throw new AppError(
      'data-folder-missing',
      `There is no data folder ${dataFolder}: name another with --data, or fill it with "aftercart import <file>".`,
    )
  }
  makeFolder(dataFolder)
  const settings = readSettings(dataFolder)
  const secret = readSecret(dataFolder)
  const store = await openStore({ dataFolder, databaseUrl })
  return {
    dataFolder,
    store,
    settings,
    clock: systemClock,
    secret,
    hashCustomer: (customerId) => hashCustomer(customerId, secret),
    openHistory: () => openParquetHistory(dataFolder),
    close: () => store.close(),
  }
}

/** Opened for one act, and closed whatever becomes of it. */
export async function withInstallation(
  place: InstallationPlace,
  act: (installation: Installation) => Promise<void>,
): Promise<void> {
  const installation = await openInstallation(place)
  try {
    await act(installation)
  } finally {
    await installation.close()
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError('data-folder-unusable', `The data folder ${folder} cannot be made (${why}).`, error)
  }
}
