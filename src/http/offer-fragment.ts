// An offer for a page without script: OfferView in, HTML out, with plain forms to the shop's own addresses, which hand the
// token on to POST /v1/offers/{token}/accept and the like. Everything is escaped; the page's policy may forbid all script.

import { html } from 'hono/html'
import type { OfferView } from '../domain/offer-view.ts'
import { joinMarkup, type Markup, toMarkup, webUrl } from '../emails/to-markup.ts'

export type FragmentForm = {
  readonly token: string
  /** Of the shop's own server, such as `/thank-you/offer/accept`; its routes answer with a redirect back to the page. */
  readonly paths: { readonly accept: string; readonly decline: string; readonly undo: string }
  /** Against forged posts, where the shop uses one: a hidden field of this name and value. */
  readonly guard?: { readonly name: string; readonly value: string }
}

const priced: ReadonlySet<OfferView['state']> = new Set([
  ...(['open', 'accepting', 'pending', 'action-required', 'added', 'undoing'] as const),
])

export function offerFragment(view: OfferView, form: FragmentForm): string {
  const { offer, words } = view
  const url = webUrl(offer.url)
  const imageUrl = webUrl(offer.imageUrl)
  const link = (label: string | null, to: string | null) =>
    label !== null && to !== null ? html`<a class="aftercart-main" href="${to}">${label}</a>` : null
  const actions = [
    button(words.acceptLabel, form.paths.accept, 'aftercart-main', form),
    link(words.cartLabel, webUrl(view.cartUrl)),
    link(words.actionLabel, webUrl(view.action?.url ?? null)),
    button(words.undoLabel, form.paths.undo, 'aftercart-side', form),
    button(words.declineLabel, form.paths.decline, 'aftercart-bare', form),
  ].filter((part) => part !== null)
  return String(
    html`<section class="aftercart-offer" lang="${view.locale}" aria-label="${words.regionLabel}">
${imageUrl === null ? '' : html`<img src="${imageUrl}" alt="" width="128" height="128" referrerpolicy="no-referrer">`}
<p class="aftercart-region">${words.regionLabel}</p>
<p class="aftercart-title" dir="auto">${url === null ? offer.title : html`<a href="${url}">${offer.title}</a>`}</p>
<p class="aftercart-need" dir="auto">${offer.need}</p>
${words.message === '' ? '' : html`<p class="aftercart-status" role="status">${words.message}</p>`}
${priced.has(view.state) ? html`<p class="aftercart-price">${words.priceLine}</p>` : ''}
${joinMarkup(actions.map((part) => toMarkup(part)))}
</section>`,
  )
}

function button(
  label: string | null,
  path: string,
  look: string,
  { token, guard }: FragmentForm,
): Markup | null {
  if (label === null || !isOwnPath(path)) return null
  const hidden =
    guard === undefined ? '' : html`<input type="hidden" name="${guard.name}" value="${guard.value}">`
  return toMarkup(
    html`<form method="post" action="${path}"><input type="hidden" name="token" value="${token}">${hidden}<button class="${look}">${label}</button></form>
`,
  )
}

/** A path of the page's own origin: a form with a token is never sent to another host. */
function isOwnPath(path: string): boolean {
  const base = 'https://own.example'
  return path.startsWith('/') && URL.canParse(path, base) && new URL(path, base).origin === base
}
