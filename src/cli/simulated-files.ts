// A simulated shop on disk: orders.csv, catalog.csv and truth.json. Comes in: how large, the seed, the folder. Goes out:
// what was written. A folder that holds files is left alone unless the caller forces it (`folder-not-empty`); what
// cannot be written is `data-folder-unusable`, what is no truth is `truth-invalid`.

import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../domain/errors.ts'
import type { Progress } from '../ports/progress.ts'
import { catalogColumns, catalogRow, orderColumns, orderRows } from '../simulating/shop-files.ts'
import { simulateShop } from '../simulating/simulate-shop.ts'
import type { SimulatedOrder, SimulationSettings, Truth } from '../simulating/simulation.ts'
import { seededRandom } from '../stats/seeded-random.ts'

export type SimulatedFiles = {
  readonly ordersFile: string
  readonly catalogFile: string
  readonly truthFile: string
  readonly orders: number
  readonly orderLines: number
  readonly returns: number
  readonly guestOrders: number
  readonly customers: number
  readonly products: number
  readonly truth: Truth
}

const BUFFERED = 1 << 20
/** How often the progress is told. */
const EVERY = 2000

export function writeSimulatedShop(
  request: {
    readonly settings: SimulationSettings
    readonly seed: number
    readonly folder: string
    readonly force: boolean
  },
  progress: Progress,
  seen: (order: SimulatedOrder) => void = () => {},
): SimulatedFiles {
  const { settings, seed, folder, force } = request
  prepareFolder(folder, force)
  const shop = simulateShop(settings, { random: seededRandom(seed) })
  const ordersFile = join(folder, 'orders.csv')
  const catalogFile = join(folder, 'catalog.csv')
  const truthFile = join(folder, 'truth.json')
  progress.step('Simulating orders')
  const counted = { orders: 0, orderLines: 0, returns: 0, guestOrders: 0 }
  const customers = new Set<string>()
  writeText(ordersFile, function* () {
    yield orderColumns
    for (const order of shop.orders) {
      if (order.returnOf === null) {
        counted.orders += 1
        counted.orderLines += order.lines.length
        if (order.customer === null) counted.guestOrders += 1
        else customers.add(order.customer)
      } else counted.returns += 1
      if (counted.orders % EVERY === 0) progress.fraction(counted.orders / settings.orders)
      seen(order)
      yield orderRows(order, settings)
    }
  })
  writeText(catalogFile, function* () {
    yield catalogColumns
    for (const product of shop.products) yield catalogRow(product)
  })
  const truth = shop.truth()
  writeText(truthFile, function* () {
    yield `${JSON.stringify({ seed, ...truth }, null, 1)}\n`
  })
  return {
    ordersFile,
    catalogFile,
    truthFile,
    ...counted,
    customers: customers.size,
    products: shop.products.length,
    truth,
  }
}

function prepareFolder(folder: string, force: boolean): void {
  try {
    if (!force && existsSync(folder) && readdirSync(folder).length > 0) {
      throw new AppError(
        'folder-not-empty',
        `${folder} holds files already: name another folder with --out, or overwrite with --force.`,
      )
    }
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    if (error instanceof AppError) throw error
    throw unwritable(folder, error)
  }
}

function writeText(path: string, parts: () => Iterable<string>): void {
  let buffered = ''
  try {
    const file = openSync(path, 'w')
    try {
      for (const part of parts()) {
        buffered += part
        if (buffered.length < BUFFERED) continue
        writeFileSync(file, buffered)
        buffered = ''
      }
      writeFileSync(file, buffered)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw unwritable(path, error)
    throw error
  }
}

function unwritable(path: string, error: unknown): AppError {
  const why = error instanceof Error ? error.message : String(error)
  return new AppError('data-folder-unusable', `${path} cannot be written (${why}).`, error)
}

const id = z.string()
const pair = { anchor: id, addOn: id, share: z.number() }
const season = z.enum(['christmas', 'summer'])

const truthShape: z.ZodType<Truth> = z.object({
  simulation: z.object({
    orders: z.number(),
    products: z.number(),
    customers: z.number(),
    days: z.number(),
    startAtMs: z.number(),
    currency: z.string(),
    sameMaker: z.number().default(0),
  }),
  complements: z.array(
    z.object({
      ...pair,
      kind: z.enum(['accessory', 'mutual', 'bundle', 'set']),
      season: season.nullable(),
      expectedOrders: z.number(),
    }),
  ),
  nextSteps: z.array(
    z.object({ ...pair, medianDays: z.number(), sigma: z.number(), expectedCustomers: z.number() }),
  ),
  upsells: z.array(
    z.object({
      from: id,
      to: id,
      kind: z.enum(['premium-tier', 'bigger-size', 'service-plan']),
      share: z.number(),
      medianDays: z.number(),
    }),
  ),
  substitutes: z.array(z.array(id)),
  variants: z.array(z.object({ members: z.array(id), bought: z.enum(['one', 'together']) })),
  refills: z.array(
    z.object({
      product: id,
      medianDays: z.number(),
      sigma: z.number(),
      quitShare: z.number(),
      repeatCustomers: z.number(),
    }),
  ),
  seasonal: z.array(z.object({ product: id, season })),
  newsletters: z.array(z.object({ fromDay: z.number(), toDay: z.number(), products: z.array(id) })),
  launchedLate: z.array(id),
  discontinued: z.array(id),
  soldOut: z.array(id),
  heldOutOrders: z.array(
    z.object({
      customer: id.nullable(),
      placedAtMs: z.number(),
      lines: z.array(z.object({ product: id, quantity: z.number(), unitPriceMinor: z.number() })),
    }),
  ),
})

export function readTruth(folder: string): Truth {
  const path = join(folder, 'truth.json')
  if (!existsSync(path)) {
    throw new AppError(
      'file-not-found',
      `${path} does not exist: name the folder that "aftercart simulate" wrote.`,
    )
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new AppError('truth-invalid', `${path} is not valid JSON: simulate the shop again.`, error)
  }
  const checked = truthShape.safeParse(parsed)
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  throw new AppError(
    'truth-invalid',
    `${path} is not the truth of a simulated shop (${issue?.path.join('.')}: ${issue?.message}): simulate the shop again.`,
  )
}
