// A simulated shop as the files that shops export: CSV that `aftercart import` recognises by its column names. Comes in:
// products or orders. Goes out: text, line by line.

import type { SimulatedOrder, SimulatedProduct, SimulationSettings } from './simulation.ts'

export const orderColumns =
  'order_id,created_at,customer_id,sku,product_title,quantity,unit_price,currency,return_of\n'
export const catalogColumns = 'sku,title,category,brand,item_group_id,price,status,stock\n'

export function orderRows(order: SimulatedOrder, { currency }: Pick<SimulationSettings, 'currency'>): string {
  const placedAt = new Date(order.placedAtMs).toISOString().replace('.000Z', 'Z')
  const sign = order.returnOf === null ? '' : '-'
  let rows = ''
  for (const { product, title, quantity, unitPriceMinor } of order.lines) {
    rows += `${order.id},${placedAt},${order.customer ?? ''},${product},${quoted(title)},${sign}${quantity},${amount(unitPriceMinor)},${currency},${order.returnOf ?? ''}\n`
  }
  return rows
}

export function catalogRow(product: SimulatedProduct): string {
  const { id, title, department, category, maker, groupInCatalog, priceMinor, status, stock } = product
  return `${id},${quoted(title)},${department} > ${category},${maker ?? ''},${groupInCatalog ?? ''},${amount(priceMinor)},${status},${stock}\n`
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function amount(minor: number): string {
  return (minor / 100).toFixed(2)
}
