// The mailbox of the example, where it has one.

import type { Context, Hono } from 'hono'
import { isEmailLook } from '../pages/mail-pages.ts'
import { type Mail, mailboxPage, mailPage } from '../pages/mailbox-pages.ts'
import { notFoundPage } from '../pages/not-found-page.ts'
import { messagePolicy, type ShopRoom, viewOf } from '../shop-room.ts'

/** Newest first. */
export type Mailbox = { list(): Promise<readonly Mail[]> }

export function addMailboxRoutes(shop: Hono, room: ShopRoom, mailbox: Mailbox): void {
  const find = async (c: Context) => (await mailbox.list()).find(({ id }) => id === c.req.param('id'))
  const missing = (c: Context) => c.html(notFoundPage(viewOf(room, c), 'page'), 404)

  shop.get('/mailbox', async (c) => c.html(mailboxPage(viewOf(room, c), await mailbox.list())))

  shop.get('/mailbox/:id', async (c) => {
    const mail = await find(c)
    const asked = c.req.query('as') ?? ''
    return mail === undefined
      ? missing(c)
      : c.html(mailPage(viewOf(room, c), mail, isEmailLook(asked) ? asked : 'desktop'))
  })

  shop.get('/mailbox/:id/message', async (c) => {
    const mail = await find(c)
    if (mail?.content.kind !== 'email') return missing(c)
    c.header('content-security-policy', messagePolicy)
    return c.html(mail.content.html)
  })
}
