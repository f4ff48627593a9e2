// Browsing: front page, search, product page, pictures, style. Reads only.

import type { Hono } from 'hono'
import { homePage, searchPage } from '../pages/listing-pages.ts'
import { notFoundPage } from '../pages/not-found-page.ts'
import { productPage } from '../pages/product-page.ts'
import { type ShopRoom, viewOf } from '../shop-room.ts'
import { drawTile } from '../tiles/draw-tile.ts'

const PAGE_SIZE = 24
const POPULAR = 12
const ALIKE = 4
const BEST_SELLERS = 200
/** How long the order of the shelf is kept before Aftercart is asked again what sells best. */
const RANKING_KEPT_MS = 10 * 60_000

export function addListingRoutes(shop: Hono, room: ShopRoom): void {
  const { shelf, catalog, assets } = room
  const ranked = keepRanked(room)

  shop.get('/', async (c) => {
    await ranked()
    const popular = shelf.find({ words: '', category: null }).slice(0, POPULAR)
    return c.html(homePage(viewOf(room, c), shelf, popular))
  })

  shop.get('/search', async (c) => {
    await ranked()
    const words = (c.req.query('q') ?? '').trim().slice(0, 100)
    const category = c.req.query('category') ?? null
    const all = shelf.find({ words, category })
    const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE))
    const wanted = Number.parseInt(c.req.query('page') ?? '1', 10)
    const page = Math.min(pages, Math.max(1, Number.isNaN(wanted) ? 1 : wanted))
    const found = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    return c.html(
      searchPage(viewOf(room, c), shelf, { words, category, total: all.length, page, pages, found }),
    )
  })

  shop.get('/products/:id', async (c) => {
    const product = shelf.get(c.req.param('id'))
    if (product === undefined) return c.html(notFoundPage(viewOf(room, c), 'product'), 404)
    await ranked()
    const { category } = product
    const alike =
      category === null ? [] : shelf.find({ words: '', category }).filter(({ id }) => id !== product.id)
    return c.html(productPage(viewOf(room, c), product, alike.slice(0, ALIKE)))
  })

  shop.get('/tiles/:file{.+\\.svg}', (c) => {
    const product = catalog.get(c.req.param('file').replace(/\.svg$/, ''))
    if (product === undefined) return c.notFound()
    return c.body(drawTile(product), 200, {
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'public, max-age=86400',
    })
  })

  shop.get('/assets/:name', (c) => {
    const asset = assets.byName.get(c.req.param('name'))
    if (asset === undefined) return c.notFound()
    return c.body(asset.body, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })
}

function keepRanked({ aftercart, clock, shelf }: ShopRoom): () => Promise<void> {
  let askedAtMs = Number.NEGATIVE_INFINITY
  return async () => {
    const now = clock.nowMs()
    if (now - askedAtMs < RANKING_KEPT_MS) return
    askedAtMs = now
    const best = await aftercart.bestSellers(BEST_SELLERS)
    if (best.length > 0) shelf.rank(best)
  }
}
