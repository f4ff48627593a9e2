// The system of record for everything live: catalog, plans, paid orders, decisions, what customers bought, API keys.
// A caller may rely on this: when a write has resolved it survives `kill -9` and a power cut; a write that is
// documented as idempotent may be repeated; all methods reject with AppError `store-unavailable` when the database
// cannot be reached. SQLite and PostgreSQL pass the same battery (`store.contract.ts`).

import type { Decision } from '../domain/decision.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { Plan, PlanStream } from '../domain/plan.ts'
import type { CatalogProduct, GoodsVerdict } from '../domain/product.ts'

export type ImportRecord = {
  readonly file: string
  /** SHA-256 of the file's bytes, hex. */
  readonly fingerprint: string
  readonly importedAtMs: number
  readonly rowsRead: number
  readonly rowsKept: number
  readonly summary: string
}

export type PlanHeader = {
  readonly version: number
  readonly publishedAtMs: number
  readonly current: boolean
  readonly summary: Plan['summary']
}

export type Store = {
  /** The whole catalog, by product id. */
  listProducts(): Promise<CatalogProduct[]>
  /** Inserts or replaces these products; what the owner said about goods survives. One transaction. */
  putProducts(products: readonly CatalogProduct[]): Promise<void>
  /** The owner overrules whether a product is goods. False when the product is not known. */
  setGoods(productId: string, verdict: GoodsVerdict & { readonly source: 'owner' }): Promise<boolean>

  recordImport(record: ImportRecord): Promise<void>
  listImports(): Promise<ImportRecord[]>

  /** Stores a plan as the next version and makes it the current one, in one transaction. */
  publishPlan(draft: PlanStream, publishedAtMs: number): Promise<number>
  /** The version that servers should hold, without loading it; `null` before the first. Cheap: asked often. */
  currentPlanVersion(): Promise<number | null>
  loadPlan(version: number): Promise<Plan | null>
  listPlans(): Promise<PlanHeader[]>
  /** Makes an earlier (or later) version current again. False when there is no such version. */
  makePlanCurrent(version: number): Promise<boolean>

  /** Idempotent by order id: `stored` the first time, `unchanged` when equal, `conflict` when it differs. */
  putOrder(order: Order, receivedAtMs: number): Promise<'stored' | 'unchanged' | 'conflict'>
  getOrder(orderId: string): Promise<Order | null>

  /** Stores the decision unless one exists for this order and placement; returns the one that is stored. */
  putDecision(decision: Decision): Promise<Decision>
  getDecision(orderId: string, placement: Placement): Promise<Decision | null>

  /** The latest orders of the customer: as mining left them, and those that came in by `putOrder`. */
  getCustomerPurchases(customerId: string): Promise<CustomerPurchases | null>
  /** Replaces what is known of all customers, as mining read it from the history; in batches, one transaction. */
  replaceCustomerPurchases(all: Iterable<CustomerPurchases> | AsyncIterable<CustomerPurchases>): Promise<void>

  /** Keeps only the SHA-256 of a key. */
  addApiKey(key: {
    readonly name: string
    readonly hash: string
    readonly createdAtMs: number
  }): Promise<void>
  hasApiKey(hash: string): Promise<boolean>
  countApiKeys(): Promise<number>

  close(): Promise<void>
}
