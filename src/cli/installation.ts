// One installation: a data folder with its store, its order history, its settings and its secret. Comes in: the options
// of a command. Goes out: the effects that stages take. What is not needed is not opened.

import { mkdirSync } from 'node:fs'
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

export async function openInstallation(options: { readonly data: string }): Promise<Installation> {
  const dataFolder = options.data
  try {
    mkdirSync(dataFolder, { recursive: true })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'data-folder-unusable',
      `The data folder ${dataFolder} cannot be made (${why}).`,
      error,
    )
  }
  const settings = readSettings(dataFolder)
  const secret = readSecret(dataFolder)
  const store = await openStore({ dataFolder, databaseUrl: process.env.DATABASE_URL })
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
