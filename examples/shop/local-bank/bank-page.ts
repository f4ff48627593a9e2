// Where the bank asks the shopper back (3-D Secure), simulated, and it says so. Afterwards it leads back to the shop, to an
// address of this server only.

import { Hono } from 'hono'
import { html } from 'hono/html'
import { authenticate, type Bank } from './bank-model.ts'

export function openBankPage(bank: Bank): Hono {
  const app = new Hono().basePath('/bank')
  app.get('/authenticate/:id', (c) => {
    const intent = bank.intents.get(c.req.param('id'))
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    if (intent === undefined) return c.text('This payment is not known.', 404)
    const back = c.req.query('return') ?? ''
    const form = (agrees: string, label: string) =>
      html`<form method="post"><input type="hidden" name="agrees" value="${agrees}"><input type="hidden" name="return" value="${back}"><button class="button${agrees === 'no' ? ' button-quiet' : ''}" type="submit">${label}</button></form>`
    return c.html(html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Example bank</title><link rel="stylesheet" href="/shop/assets/shop.css"></head><body><main class="wide bank"><h1>Example bank</h1>
<p class="panel panel-note"><strong>Simulated.</strong> Your bank would ask here whether it is really you. No bank is involved and no money moves.</p>
<p>Do you agree to this payment?</p>
<div class="bank-forms">${form('yes', 'Yes, it is me')}${form('no', 'No, refuse it')}</div></main></body></html>`)
  })
  app.post('/authenticate/:id', async (c) => {
    const form = await c.req.parseBody()
    authenticate(bank, c.req.param('id'), form.agrees === 'yes')
    return c.redirect(backTo(String(form.return ?? ''), c.req.url), 303)
  })
  return app
}

function backTo(address: string, here: string): string {
  try {
    const target = new URL(address, here)
    if (target.origin === new URL(here).origin) return target.pathname + target.search
  } catch {
    // No address: the shop's front page.
  }
  return '/shop'
}
