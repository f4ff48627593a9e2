// The page on which a shopper answers the local bank (3-D Secure), as a Hono app to be mounted where `bank.pagesAt` says. It says
// plainly that it is simulated. Back goes the shopper only to the address that came with the payment, never to one of the request.

import { Hono } from 'hono'
import { html } from 'hono/html'
import { formatMoney } from '../../../src/domain/money.ts'
import type { Intent, LocalBank } from './bank-state.ts'
import { completeAuthentication } from './intent-rules.ts'

const style = `body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.25rem;color:#1c2430;background:#f4f6f9}
main{background:#fff;border-radius:12px;padding:2rem;box-shadow:0 1px 4px #0002}h1{font-size:1.35rem;margin:0 0 .75rem}
.simulated{background:#fff3cd;border-radius:8px;padding:.6rem .9rem;margin:0 0 1.5rem}form{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
button{font:inherit;min-height:44px;padding:.5rem 1.4rem;border-radius:8px;border:1px solid #1c4a8a;background:#fff;color:#1c4a8a;cursor:pointer}
button.yes{background:#1c4a8a;color:#fff}button:focus-visible{outline:3px solid #f0a020;outline-offset:2px}`

export function openBankPages(bank: LocalBank): Hono {
  const app = new Hono()

  app.get('/authenticate/:id', (c) => {
    const intent = bank.intents.get(c.req.param('id'))
    c.header('content-security-policy', policyFor(intent))
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    if (intent === undefined) return c.html(page(html`<h1>We do not know this payment</h1>`), 404)
    if (intent.status !== 'requires_action') {
      return c.html(page(html`<h1>This payment has been answered</h1>${wayBack(intent)}`))
    }
    const amount = formatMoney({ amountMinor: intent.amount, currency: intent.currency.toUpperCase() })
    return c.html(
      page(
        html`<h1>Is it you who pays ${amount}?</h1><p>Your bank asks before it lets this payment through.</p>
<form method="post"><button class="yes" name="answer" value="approve">Approve</button><button name="answer" value="refuse">Refuse</button></form>`,
      ),
    )
  })

  app.post('/authenticate/:id', async (c) => {
    const intent = bank.intents.get(c.req.param('id'))
    if (intent === undefined) return c.html(page(html`<h1>We do not know this payment</h1>`), 404)
    const { answer } = await c.req.parseBody()
    completeAuthentication(bank, intent.id, answer === 'approve')
    const back = backAddress(intent)
    return back === null
      ? c.html(page(html`<h1>Thank you</h1><p>You can close this page.</p>`))
      : c.redirect(back, 303)
  })

  return app
}

/** As Stripe does, the payment and how it went are added to the address. */
function backAddress({ id, returnUrl, status }: Intent): string | null {
  if (returnUrl === null) return null
  const url = new URL(returnUrl)
  url.searchParams.set('payment_intent', id)
  url.searchParams.set('redirect_status', status === 'requires_payment_method' ? 'failed' : 'succeeded')
  return url.href
}

function wayBack(intent: Intent) {
  const back = backAddress(intent)
  return back === null ? '' : html`<p><a href="${back}">Back to the shop</a></p>`
}

/** A browser holds the address that a form is redirected to against form-action as well. */
function policyFor(intent: Intent | undefined): string {
  const back =
    intent?.returnUrl === null || intent === undefined ? '' : ` ${new URL(intent.returnUrl).origin}`
  return `default-src 'none'; style-src 'unsafe-inline'; form-action 'self'${back}; base-uri 'none'; frame-ancestors 'none'`
}

function page(main: ReturnType<typeof html>) {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Simulated bank</title><style>${style}</style></head>
<body><main><p class="simulated">This bank is simulated. No card is charged and no money moves.</p>${main}</main></body></html>`
}
