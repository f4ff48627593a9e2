// Which shop systems may tell of their orders: those whose secret stands in the environment. Goes out: their readers by the last
// part of the webhook's address.

import { openShopifyOrders } from '../adapters/shops/shopify-orders.ts'
import { openWooCommerceOrders } from '../adapters/shops/woocommerce-orders.ts'
import type { ShopOrderReaders } from '../ports/shop-orders.ts'
import { type Environment, secretsOf } from './secrets-of.ts'

export function openShopOrders(env: Environment): ShopOrderReaders {
  const shopify = secretsOf(env, 'SHOPIFY_WEBHOOK_SECRET')
  const wooCommerce = secretsOf(env, 'WOOCOMMERCE_WEBHOOK_SECRET')
  return new Map([
    ...(shopify === null ? [] : [['shopify', openShopifyOrders(shopify)] as const]),
    ...(wooCommerce === null ? [] : [['woocommerce', openWooCommerceOrders(wooCommerce)] as const]),
  ])
}
