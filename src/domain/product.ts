// A product is what an order line names: the buyable form (a SKU, a StockCode, a variant id). Products that are
// forms of one another (a teacup in three colours, a shirt in three sizes) carry the same `variantGroup`.

export type ProductStatus = 'active' | 'draft' | 'archived'

/** What was learnt about a line that is no merchandise (postage, a fee, a gift card), and who said so. */
export type GoodsVerdict =
  | { readonly kind: 'goods'; readonly source: 'derived' | 'catalog' | 'owner' }
  | { readonly kind: 'not-goods'; readonly reason: string; readonly source: 'derived' | 'catalog' | 'owner' }

export type CatalogProduct = {
  /** The shop's own key, as order lines use it. */
  readonly id: string
  readonly title: string
  readonly category: string | null
  /** True where the category was guessed from titles; false where the shop's catalog names it. */
  readonly categoryIsGuess: boolean
  /** The maker or seller of a name, as the shop's catalog writes it. */
  readonly brand: string | null
  /** What else the shop's catalog calls it, each once; src/domain/product-attributes.ts bounds them. */
  readonly tags: readonly string[]
  /** Current unit price; `null` where it is unknown (the product is then never offered). */
  readonly priceMinor: number | null
  readonly currency: string
  readonly imageUrl: string | null
  readonly url: string | null
  readonly status: ProductStatus
  /** Units on hand; `null` where the shop does not track stock. */
  readonly stock: number | null
  /** Shared by all forms of one product; `null` for a product with one form. */
  readonly variantGroup: string | null
  readonly goods: GoodsVerdict
  readonly firstSoldAtMs: number | null
  readonly lastSoldAtMs: number | null
  /** Days that one unit lasts, where the shop's catalog says so. */
  readonly lastsDays: number | null
  /** Add-ons that the shop itself named in its catalog: curated pairings. */
  readonly crossSellIds: readonly string[]
  readonly source: 'catalog-file' | 'derived'
}

/** Why a shopper cannot have it now. */
export type OffSale = 'sold-out' | 'discontinued' | 'no-price'

export const offSaleWords: Readonly<Record<OffSale, string>> = {
  'sold-out': 'it is sold out',
  discontinued: 'it is not on sale: the catalog does not list it as active',
  'no-price': 'it has no price',
}

/** `null` where a shopper can have it: a price, an active status, and stock where stock is tracked. */
export function whyOffSale(product: Pick<CatalogProduct, 'status' | 'stock' | 'priceMinor'>): OffSale | null {
  if (product.status !== 'active') return 'discontinued'
  if (product.priceMinor === null || product.priceMinor <= 0) return 'no-price'
  return product.stock === 0 ? 'sold-out' : null
}

export function isBuyable(product: Pick<CatalogProduct, 'status' | 'stock' | 'priceMinor'>): boolean {
  return whyOffSale(product) === null
}

/**
 * A title as one would show it to a shopper: titles that shout in capitals are set in sentence case,
 * all others stay as the shop wrote them, white space folded.
 */
export function readableTitle(title: string): string {
  const folded = title.replace(/\s+/g, ' ').trim()
  if (folded !== folded.toUpperCase() || !/[A-Z]{3}/.test(folded)) return folded
  const lower = folded.toLowerCase()
  return lower.charAt(0).toUpperCase() + lower.slice(1)
}
