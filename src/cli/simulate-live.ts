// A simulated shop that has been live, from nothing: its files, imported and mined into a new data folder, then weeks of live
// orders. Comes in: what the shop is, how it lives, the two folders. Goes out: what was written, and the truth, which is
// written as live-truth.json beside truth.json, too. A data folder that holds files is refused (`folder-not-empty`). The folder is
// filled beside its place and moved there whole: a run that is killed leaves what the next one takes away, and a place that
// nothing can be moved to is refused before the work (`data-folder-unusable`).

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { systemClock } from '../adapters/clock/system-clock.ts'
import { AppError } from '../domain/errors.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { OrderLine } from '../domain/order.ts'
import type { LiveSettings } from '../simulating/live-shop.ts'
import type { SimulatedOrder, SimulationSettings } from '../simulating/simulation.ts'
import { mine } from './commands/mine.ts'
import { fillLiveShop, type LiveTruth } from './fill-live-shop.ts'
import { importFiles } from './import-files.ts'
import { openInstallation } from './installation.ts'
import { openProgressBar } from './progress-bar.ts'
import { type SimulatedFiles, writeSimulatedShop } from './simulated-files.ts'

/** What live customers buy is what was bought lately, without what wholesalers order. */
const BASKETS_OF_DAYS = 180
const BASKET_LINES_MAX = 6
const BASKET_UNITS_MAX = 8

/** What a shop of few orders a month has by itself. */
export const LIVE_HOLD_OUT = 0.2

export type LiveRequest = {
  readonly shop: SimulationSettings
  readonly live: Omit<LiveSettings, 'currency'>
  readonly seed: number
  readonly out: string
  readonly force: boolean
  readonly data: string
  /** Above 0, up to 0.5. */
  readonly holdOutShare: number
}

export type LiveShop = {
  readonly written: SimulatedFiles
  readonly truth: LiveTruth
  readonly truthFile: string
}

export async function simulateLive(request: LiveRequest): Promise<LiveShop> {
  const data = realPath(resolve(request.data))
  refuseNoFolder(data)
  refuseUsedFolder(request.data)
  refuseNested(realPath(resolve(request.out)), data)
  const unfinished = `${data}.unfinished`
  removeUnfinished(unfinished)
  tryToMove(data, unfinished)
  beginUnfinished(unfinished)
  try {
    const shop = await fillNewFolder({ ...request, data: unfinished })
    rmSync(join(unfinished, UNFINISHED))
    // Of the same name may stand an empty one.
    if (existsSync(data)) rmdirSync(data)
    renameSync(unfinished, data)
    return shop
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Says whose folder it is: only one that holds it is ever taken away. */
const UNFINISHED = 'unfinished-simulation.txt'

function removeUnfinished(folder: string): void {
  if (!existsSync(folder)) return
  if (!existsSync(join(folder, UNFINISHED)))
    throw new AppError(
      'folder-not-empty',
      `The simulated shop is made in ${folder} first, and something else is there: move it away, or name another folder with --data.`,
    )
  rmSync(folder, { recursive: true })
}

function beginUnfinished(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, UNFINISHED),
    'Left by a simulation that was stopped. The folder may be deleted.\n',
  )
}

/** Without symbolic links, whose targets may lie on another disk; what does not exist yet is where its parent is. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path))
}

/** A symbolic link that leads nowhere is none, either. */
function refuseNoFolder(data: string): void {
  if (lstatSync(data, { throwIfNoEntry: false })?.isDirectory() !== false) return
  throw new AppError(
    'data-folder-unusable',
    `${data} is not a folder: move it away, or name another with --data.`,
  )
}

/** What cannot be moved away, such as a mount point, could not be replaced after all the work either. */
function tryToMove(data: string, elsewhere: string): void {
  if (!existsSync(data)) return
  try {
    renameSync(data, elsewhere)
    renameSync(elsewhere, data)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'data-folder-unusable',
      `The folder of --data is put in place as a whole, and ${data} cannot be replaced (${why}). If a disk is mounted there, name a folder in it.`,
      error,
    )
  }
}

/** The data folder is put in its place when all is written. */
function refuseNested(out: string, data: string): void {
  if (!`${out}${sep}`.startsWith(`${data}${sep}`) && !`${process.cwd()}${sep}`.startsWith(`${data}${sep}`))
    return
  throw new AppError(
    'invalid-argument',
    'The folder of --data is made as a whole: --out must not lie in it, nor you stand in it.',
  )
}

/** The history ends on the day before the first live one. */
export function historyStart(untilMs: number, historyDays: number, liveDays: number): number {
  return (Math.floor(untilMs / DAY_MS) - liveDays - historyDays) * DAY_MS
}

/** The folder may hold a secret already. */
export async function fillNewFolder(request: LiveRequest): Promise<LiveShop> {
  const { shop, live, seed, out, force, data } = request
  const progress = openProgressBar(process.stderr, systemClock)
  try {
    const baskets: (readonly OrderLine[])[] = []
    const sinceMs = shop.startAtMs + (shop.days - BASKETS_OF_DAYS) * DAY_MS
    const written = writeSimulatedShop({ settings: shop, seed, folder: out, force }, progress, (order) => {
      if (order.placedAtMs >= sinceMs && isUsual(order)) baskets.push(order.lines.map(lineOf))
    })
    writeSettings(data, request.holdOutShare)
    const installation = await openInstallation({ data, create: true, apart: true })
    try {
      const { ordersFile, catalogFile } = written
      await importFiles({ files: [ordersFile], catalogFile, columns: null, currency: null }, installation)
      await mine(installation)
      const settings = { ...live, currency: shop.currency }
      const truth = await fillLiveShop({ settings, seed, baskets }, installation, progress)
      const truthFile = join(out, 'live-truth.json')
      writeFileSync(truthFile, `${JSON.stringify({ seed, ...truth }, null, 1)}\n`)
      return { written, truth, truthFile }
    } finally {
      await installation.close()
    }
  } finally {
    progress.end()
  }
}

function writeSettings(folder: string, holdOutShare: number): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'settings.json'),
    `${JSON.stringify({ measuring: { holdOutShare } }, null, 1)}\n`,
  )
}

function refuseUsedFolder(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  throw new AppError(
    'folder-not-empty',
    `${folder} holds files already, and simulated orders must not mix with real ones: name a new folder with --data.`,
  )
}

function isUsual({ returnOf, lines }: SimulatedOrder): boolean {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return returnOf === null && lines.length <= BASKET_LINES_MAX && units <= BASKET_UNITS_MAX
}

function lineOf({ product, quantity, unitPriceMinor }: SimulatedOrder['lines'][number]): OrderLine {
  return { productId: product, quantity, unitPriceMinor }
}
