// The part of the store that refreshes stand on.

import type { Order } from '../domain/order.ts'
import type { Refresh } from '../domain/refresh.ts'

export type RefreshStore = {
  /** Orders received since then that were neither cancelled nor refunded, by id; `after`: the last of the page before. */
  listReceivedOrders(page: {
    readonly sinceMs: number
    readonly after: string | null
    readonly limit: number
  }): Promise<Order[]>
  /** Stores what a refresh is about to do and gives it its number. */
  addRefresh(refresh: Omit<Refresh, 'id'>): Promise<Refresh>
  /** What it did by now; false where it was taken back meanwhile: then it stays as it was. */
  saveRefresh(refresh: Refresh): Promise<boolean>
  /** Newest first. */
  listRefreshes(limit: number): Promise<Refresh[]>
  /** Notes that it was taken back; false where it was already, or is not known. */
  markRefreshUndone(id: number, atMs: number): Promise<boolean>
  /** True for the first who asks for this day, of all processes; days only go forward, and the very first is nobody's. */
  claimRefreshDay(day: number): Promise<boolean>
}
