// A small real shop over a catalog, to see Aftercart from a shopper's side. Comes in: products, a way to call Aftercart's
// public API, a clock. Goes out: a Hono app under `basePath`, to be mounted or served. It is an integrator like any
// other: it sends the paid order, asks what fits and renders the answer. If Aftercart is slow or down, every page still
// comes, without an offer; unknown products and orders get a friendly page.

import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { formatMoney } from '../../src/domain/money.ts'
import type { CatalogProduct } from '../../src/domain/product.ts'
import type { ShopBackEnd } from '../../src/ports/shop.ts'
import { sceneOf } from './add-on-scenes.ts'
import { type AftercartAccess, openAftercartClient } from './aftercart-client.ts'
import { readAssets } from './assets.ts'
import { failedPage, notFoundPage } from './pages/not-found-page.ts'
import { fillShelf } from './product-shelf.ts'
import { addCartRoutes } from './routes/cart-routes.ts'
import { addListingRoutes } from './routes/listing-routes.ts'
import { addMailboxRoutes, type Mailbox } from './routes/mailbox-routes.ts'
import { addOrderRoutes } from './routes/order-routes.ts'
import { openShopBackEnd } from './shop-back-end.ts'
import type { ShopTime } from './shop-clock.ts'
import { openShopMemory } from './shop-memory.ts'
import { toShopProducts } from './shop-product.ts'
import { type ShopRoom, shopHeaders, viewOf } from './shop-room.ts'

export type ShopOptions = {
  readonly products: readonly CatalogProduct[]
  readonly aftercart: AftercartAccess
  readonly clock: ShopTime
  /** Where the messages of the example end up; without one there is no page of it. */
  readonly mailbox?: Mailbox | undefined
  readonly basePath: string
  readonly currency: string
  /** How long a page waits for Aftercart before it goes on without. */
  readonly patienceMs?: number | undefined
  /** Unguessable text for cookies and order numbers: at least 16 characters of A to Z and 0 to 9. */
  readonly newId?: (() => string) | undefined
}

const PATIENCE_MS = 1500
const FORM_BYTES_MAX = 16 * 1024

export type OpenedShop = {
  readonly app: Hono
  /** What Aftercart asks when an add-on is offered, accepted or taken back. */
  readonly backEnd: ShopBackEnd
  /** The scene of this order is that its bank does not answer. */
  readonly bankIsSilent: (orderId: string) => boolean
}

export function openShop(options: ShopOptions): OpenedShop {
  const { products, aftercart, basePath, currency } = options
  const room: ShopRoom = {
    basePath,
    shopName: 'Teasel & Thyme',
    currency,
    clock: options.clock,
    shelf: fillShelf(toShopProducts(products, currency)),
    catalog: new Map(products.map((product) => [product.id, product])),
    memory: openShopMemory(),
    aftercart: openAftercartClient(aftercart, options.patienceMs ?? PATIENCE_MS),
    assets: readAssets(),
    hasMailbox: options.mailbox !== undefined,
    money: (amountMinor) => formatMoney({ amountMinor, currency }, 'en-GB'),
    newId: options.newId ?? randomId,
  }
  const shop = new Hono().basePath(basePath)
  shop.use(shopHeaders)
  shop.use(bodyLimit({ maxSize: FORM_BYTES_MAX }))
  shop.onError((_, c) => c.html(failedPage(viewOf(room, c)), 500))
  addListingRoutes(shop, room)
  addCartRoutes(shop, room)
  addOrderRoutes(shop, room)
  if (options.mailbox !== undefined) addMailboxRoutes(shop, room, options.mailbox)
  // A mounted app has no say in what is not found, hence a last route.
  shop.all('*', (c) => c.html(notFoundPage(viewOf(room, c), 'page'), 404))
  return {
    app: shop,
    backEnd: openShopBackEnd(room.memory, room.shelf, currency),
    bankIsSilent: (orderId) => sceneOf(room.memory.order(orderId)?.scene ?? '').twist === 'silent-bank',
  }
}

/** Crockford's alphabet: no letters that are mistaken for digits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function randomId(): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte % alphabet.length]).join('')
}
