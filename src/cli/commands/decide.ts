// aftercart decide: what would be offered for a basket, and why each candidate was dropped. Nothing is stored.

import type { Command } from 'commander'
import { makeDecision } from '../../deciding/decide-offer.ts'
import type { Decision, DroppedCandidate } from '../../domain/decision.ts'
import { AppError } from '../../domain/errors.ts'
import { formatMoney } from '../../domain/money.ts'
import type { Order } from '../../domain/order.ts'
import type { Placement } from '../../domain/placement.ts'
import type { Plan } from '../../domain/plan.ts'
import { readableTitle } from '../../domain/product.ts'
import type { GuidedPlan } from '../../next/guide-plan.ts'
import { idList, instant, placement } from '../arguments.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { countOf, formatCount, type OutputOptions, printJson, printLines, printTable } from '../output.ts'

type Options = OutputOptions & {
  readonly basket: readonly string[]
  readonly customer?: string
  readonly placement: Placement
  readonly at?: number
  readonly all: boolean
}

const DROPPED_SHOWN = 20
const UNITS_MAX = 1_000_000

export function addDecideCommand(program: Command): void {
  program
    .command('decide')
    .description('show what would be offered for a basket, and why each other candidate was dropped')
    .requiredOption(
      '--basket <ids>',
      'products just bought, with commas between; "22697*6" is six of them',
      idList,
    )
    .option('--customer <id>', 'the customer, as the shop names them')
    .option('--placement <placement>', 'thank-you, confirmation-email or follow-up', placement, 'thank-you')
    .option('--at <ISO>', 'as if it were this date', instant)
    .option('--all', 'list everything that was dropped', false)
    .action(async (options: Options) => {
      const installation = await openInstallation(options)
      try {
        const plan = await loadCurrentPlan(installation)
        const decision = await decideBasket(options, plan, installation)
        if (options.json) printJson(toJson(decision))
        else printDecision(decision, plan, options.all)
      } finally {
        await installation.close()
      }
    })
}

async function decideBasket(
  options: Options,
  plan: GuidedPlan,
  installation: Installation,
): Promise<Decision> {
  const { store, settings, hashCustomer } = installation
  const atMs = options.at ?? installation.clock.nowMs()
  const customerId = options.customer === undefined ? null : hashCustomer(options.customer)
  const order = toOrder(options.basket, plan, customerId, atMs)
  const customer = customerId === null ? null : await store.getCustomerPurchases(customerId)
  return makeDecision(order, customer, options.placement, { plan, settings, clock: { nowMs: () => atMs } })
}

function toOrder(
  basket: readonly string[],
  plan: Plan,
  customerId: string | null,
  placedAtMs: number,
): Order {
  const lines = basket.map((entry) => {
    const [, id = entry, quantity = '1'] = /^(.+?)\*(\d+)$/.exec(entry) ?? []
    const product = plan.products.get(id)
    if (product === undefined) {
      const hint = '"aftercart products --search …" finds it'
      throw new AppError('invalid-argument', `The product ${id} of --basket is not in the catalog; ${hint}.`)
    }
    const units = Number(quantity)
    if (units < 1 || units > UNITS_MAX) {
      const most = formatCount(UNITS_MAX)
      throw new AppError(
        'invalid-argument',
        `--basket names ${quantity} pieces of ${id}: give 1 to ${most}, or leave the product out.`,
      )
    }
    return { productId: id, quantity: units, unitPriceMinor: product.priceMinor ?? 0 }
  })
  const currency = plan.products.get(lines[0]?.productId ?? '')?.currency ?? ''
  return { id: 'basket', customerId, placedAtMs, currency, lines }
}

function toJson(decision: Decision): unknown {
  const { orderId: _, decidedAtMs: __, ...shown } = decision
  return shown
}

function printDecision(decision: Decision, plan: Plan, all: boolean): void {
  if (decision.picks.length === 0) {
    printLines([`No offer (${decision.placement}): a helpful page instead.`])
  }
  for (const pick of decision.picks) {
    const when = pick.afterDays === 0 ? '' : `, after ${pick.afterDays} days`
    printLines([
      `${readableTitle(pick.title)} (${pick.product}), ${formatMoney(pick.price)} [${pick.relation}${when}]`,
      `  ${pick.need}`,
      `  ${pick.reason}`,
    ])
  }
  printLines(['', `Answered by: ${decision.fallback}`])
  printLines(decision.ladderTrail.map(({ step, reason }) => `  not by ${step}: ${reason}`))
  const dropped = droppedProducts(decision)
  if (dropped.length === 0) return
  const shown = all ? dropped : dropped.slice(0, DROPPED_SHOWN)
  printLines(['', `Dropped (${countOf(dropped.length, 'product')}):`])
  printTable(
    ['product', 'rule', 'why'],
    shown.map(({ product, rule, detail }) => [
      readableTitle(plan.products.get(product)?.title ?? product),
      rule,
      detail,
    ]),
  )
  const more = dropped.length - shown.length
  if (more > 0) process.stdout.write(`… and ${formatCount(more)} more: --all lists them.\n`)
  if (decision.droppedUntold > 0)
    process.stdout.write(`The ${formatCount(decision.droppedUntold)} weakest candidates are not listed.\n`)
}

/** Each product once, where it came furthest; not what is offered after all, because of another line. */
export function droppedProducts({ picks, dropped }: Decision): readonly DroppedCandidate[] {
  const furthest = new Map(dropped.map((one) => [one.product, one]))
  for (const { product } of picks) furthest.delete(product)
  return dropped.filter((one) => furthest.get(one.product) === one)
}
