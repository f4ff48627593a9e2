// The system of record for everything live: catalog, plans and what they changed, paid orders, decisions, what
// customers bought, offers, messages, the owner's words, API keys. A caller may rely on this: when a write has resolved it survives
// `kill -9` and a power cut; a write that is documented as idempotent may be repeated; all methods reject with
// AppError `store-unavailable` when the database cannot be reached. SQLite and PostgreSQL pass the same battery
// (`store.contract.ts`).

import type { Decision } from '../domain/decision.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { HeldWord, OwnerStatement, RecordedStatement } from '../domain/owner-word.ts'
import type { Placement } from '../domain/placement.ts'
import type { Plan, PlanStream, StoredPlan } from '../domain/plan.ts'
import type { ChangeCount, RecordedChange } from '../domain/plan-change.ts'
import type { CatalogProduct, GoodsVerdict } from '../domain/product.ts'
import type { Trial } from '../domain/trial.ts'
import type { ArmStore } from './arm-store.ts'
import type { ExperimentStore } from './experiment-store.ts'
import type { MeasureStore } from './measure-store.ts'
import type { MessageStore } from './message-store.ts'
import type { OfferStore } from './offer-store.ts'
import type { PersonStore } from './person-store.ts'
import type { RefreshStore } from './refresh-store.ts'
import type { TrialStore } from './trial-store.ts'
import type { TriedDecisions } from './tried-decisions.ts'
import type { WeeklyReportStore } from './weekly-report-store.ts'

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

export type ChangeFilter = {
  readonly limit: number
  readonly kind?: RecordedChange['kind'] | undefined
  readonly anchor?: string | undefined
}

export type Store = OfferStore &
  MessageStore &
  PersonStore &
  TrialStore &
  TriedDecisions &
  ArmStore &
  RefreshStore &
  MeasureStore &
  ExperimentStore &
  WeeklyReportStore & {
    /** The whole catalog, by product id. */
    listProducts(): Promise<CatalogProduct[]>
    /** Inserts or replaces these products; what the owner said about goods survives. One transaction. */
    putProducts(products: readonly CatalogProduct[]): Promise<void>
    /** The owner overrules whether a product is goods. False when the product is not known. */
    setGoods(productId: string, verdict: GoodsVerdict & { readonly source: 'owner' }): Promise<boolean>

    recordImport(record: ImportRecord): Promise<void>
    listImports(): Promise<ImportRecord[]>

    /** Moves with each change of the catalog, 0 at first. Cheap: asked often. */
    catalogVersion(): Promise<number>

    /** Stores a plan as the next version, with its changes, and makes it the current one, in one transaction. */
    publishPlan(draft: PlanStream, publishedAtMs: number): Promise<number>
    /** The version that servers should hold, without loading it; `null` before the first. Cheap: asked often. */
    currentPlanVersion(): Promise<number | null>
    loadPlan(version: number): Promise<Plan | null>
    /** The same anchor by anchor, without holding it as a whole. */
    streamPlan(version: number): Promise<StoredPlan | null>
    listPlans(): Promise<PlanHeader[]>
    /** Makes an earlier (or later) version current again. False when there is no such version. */
    makePlanCurrent(version: number): Promise<boolean>
    /** What plans changed: the newest plan first, of each in the sequence in which it was stored. Kept for good. */
    listPlanChanges(filter: ChangeFilter): Promise<RecordedChange[]>
    /** How many changes each plan brought, the newest plan first. */
    countPlanChanges(): Promise<ChangeCount[]>

    /** Idempotent by order id: `stored` the first time, `unchanged` when equal, `conflict` when it differs. */
    putOrder(order: Order, receivedAtMs: number): Promise<'stored' | 'unchanged' | 'conflict'>
    getOrder(orderId: string): Promise<Order | null>

    /**
     * Stores the decision, with the tests it takes part in, unless one exists for this order and placement; returns the one
     * that is stored.
     */
    putDecision(decision: Decision, trials?: readonly Trial[]): Promise<Decision>
    getDecision(orderId: string, placement: Placement): Promise<Decision | null>

    /** The latest orders of the customer: as mining left them, and those that came in by `putOrder`. */
    getCustomerPurchases(customerId: string): Promise<CustomerPurchases | null>
    /**
     * Replaces what is known of all customers, as mining read it from the history; in batches, one transaction. Returns a
     * text that stands for what is known now; no other store, and no other replacement, ever has the same.
     */
    replaceCustomerPurchases(
      all: Iterable<CustomerPurchases> | AsyncIterable<CustomerPurchases>,
    ): Promise<string>
    /**
     * Replaces what is known of these customers; who has no orders is forgotten. Returns what stands for all that is known
     * now, or `null`, and changes nothing, where what is known is not `known`. One that breaks off leaves some changed, and
     * nothing stands for that: all have to be replaced.
     */
    changeCustomerPurchases(known: string, changed: Iterable<CustomerPurchases>): Promise<string | null>

    /**
     * Adds to the log of the owner's words, all or nothing; returns the version of the words after it. A word that does not
     * hold is not taken back, and leaves no entry.
     */
    sayOwnerWords(statements: readonly OwnerStatement[]): Promise<number>
    /** How many statements the log holds, 0 at first. Cheap: asked often. */
    ownerWordsVersion(): Promise<number>
    /** Of each key the latest statement, unless it takes the word back; oldest first. */
    listOwnerWords(): Promise<HeldWord[]>
    /** The log itself, newest first. */
    ownerWordHistory(limit: number): Promise<RecordedStatement[]>

    /** Keeps only the SHA-256 of a key. */
    addApiKey(key: {
      readonly name: string
      readonly hash: string
      readonly createdAtMs: number
    }): Promise<void>
    /** The name under which the key was added; `null` for a hash that is not known. */
    findApiKey(hash: string): Promise<{ readonly name: string } | null>
    countApiKeys(): Promise<number>

    /** The time of the database, shared by all servers over it; `null` where it lives in this process and has none. */
    clockMs(): Promise<number | null>

    close(): Promise<void>
  }
