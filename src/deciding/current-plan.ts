// The plan that this process decides with, as the catalog and the owner's words make it. Comes in: the store. Goes out:
// the newest published plan, held in memory, replaced when another version becomes current, the catalog changes (a
// product is sold out, gone, repriced) or the owner says something.
// A store that cannot be reached leaves the plan in hand as it is.

import type { Plan } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import { type GuidedPlan, guidePlan } from '../next/guide-plan.ts'
import { type OwnerGuide, openOwnerGuide } from '../next/owner-guide.ts'
import { withCatalog } from '../next/with-catalog.ts'
import type { Store } from '../ports/store.ts'

export type CurrentPlan = {
  /** The plan in hand; `null` before the first was published. */
  get(): GuidedPlan | null
  /** Asks the store for news and loads them. True when the plan or the owner's words changed. */
  refresh(): Promise<boolean>
  /** Refreshes until the owner's words up to this version are heeded. */
  heed(wordsVersion: number): Promise<void>
}

type PlanStore = Pick<
  Store,
  | 'currentPlanVersion'
  | 'loadPlan'
  | 'ownerWordsVersion'
  | 'listOwnerWords'
  | 'catalogVersion'
  | 'listProducts'
>

export function holdCurrentPlan(store: PlanStore, settings: Settings): CurrentPlan {
  let mined: Plan | null = null
  let guided: GuidedPlan | null = null
  let guide: OwnerGuide | null = null
  let catalog: { readonly version: number; readonly products: readonly CatalogProduct[] } | null = null
  let loading: Promise<boolean> | null = null
  const load = async (): Promise<boolean> => {
    const [planVersion, wordsVersion, catalogVersion] = await Promise.all([
      store.currentPlanVersion(),
      store.ownerWordsVersion(),
      store.catalogVersion(),
    ])
    const plan =
      planVersion === null || planVersion === mined?.version ? mined : await store.loadPlan(planVersion)
    // Words that came in since the version was asked for are read too; they are then read once more.
    const words =
      guide?.version === wordsVersion ? guide : openOwnerGuide(await store.listOwnerWords(), wordsVersion)
    const sold =
      catalog?.version === catalogVersion
        ? catalog
        : { version: catalogVersion, products: await store.listProducts() }
    const changed = words !== guide || sold !== catalog || (plan !== null && plan !== mined)
    guide = words
    catalog = sold
    mined = plan ?? mined
    if (changed && mined !== null) guided = guidePlan(withCatalog(mined, sold.products), words, settings)
    return changed
  }
  const refresh = (): Promise<boolean> => {
    loading ??= load().finally(() => {
      loading = null
    })
    return loading
  }
  return {
    get: () => guided,
    refresh,
    async heed(wordsVersion) {
      while ((guide?.version ?? -1) < wordsVersion) await refresh()
    },
  }
}
