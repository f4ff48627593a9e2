// Draws an offer into a shadow root. The nodes are made once and keep their place, so that the focus stays where it was;
// what changes is text, what is hidden and where links lead. Text is only ever text.

import type { OfferView, ViewState } from '../domain/offer-view.ts'
import { safeUrl } from './safe-url.ts'

export type Press = 'accept' | 'decline' | 'undo' | 'action'

export type Drawing = {
  readonly region: HTMLElement
  /** `busy`: a click whose answer is not there yet. `note` stands in for the sentence of the state. */
  readonly show: (
    view: OfferView,
    with_: { readonly busy: Press | null; readonly note: string | null },
  ) => void
}

/** Where money has moved or may move, the sum stays in sight. */
const priced = new Set<ViewState>(['open', 'accepting', 'pending', 'action-required', 'added', 'undoing'])
const waiting = new Set<ViewState>(['accepting', 'pending', 'undoing'])
const done = new Set<ViewState>(['added', 'undone'])

export function drawOffer(press: (what: Press) => void): Drawing {
  const region = make('section')
  region.tabIndex = -1
  const figure = make('figure')
  const image = make('img')
  image.alt = ''
  image.decoding = 'async'
  image.referrerPolicy = 'no-referrer'
  image.addEventListener('error', () => image.remove())
  const name = make('p', 'region')
  const title = make('p', 'title')
  const need = make('p', 'need')
  const status = make('p', 'status')
  const price = make('p', 'price')
  const words = make('div', 'words')
  const rest = make('div', 'rest')
  const actions = make('div', 'actions')
  const accept = button('main', () => press('accept'))
  const action = button('main', () => press('action'))
  const undo = button('side', () => press('undo'))
  const decline = button('bare', () => press('decline'))
  const bank = make('a', 'button main')
  const cart = make('a', 'button main')
  for (const text of [title, need]) text.dir = 'auto'
  status.role = 'status'
  words.append(name, title, need)
  actions.append(accept, bank, action, cart, undo, decline)
  rest.append(status, price, actions)
  region.append(figure, words, rest)

  let shown: ViewState | null = null
  return {
    region,
    show: (view, { busy, note }) => {
      const { offer, state, words: said } = view
      region.lang = view.locale
      region.ariaLabel = said.regionLabel
      region.className = `${done.has(state) ? 'done' : ''} ${busy ? 'busy' : ''} ${waiting.has(state) ? 'waits' : ''}`
      // Nothing to click and no sum: the frame closes around the words, the place stays reserved.
      region.classList.toggle('brief', !priced.has(state))
      region.ariaBusy = String(busy !== null)
      put(name, said.regionLabel)
      putTitle(title, offer.title, safeUrl(offer.url))
      put(need, offer.need)
      const source = safeUrl(offer.imageUrl)
      figure.hidden = source === null
      region.classList.toggle('plain', source === null)
      if (source !== null && image.src !== source) {
        image.src = source
        figure.replaceChildren(image)
      }
      // The minutes of taking back run down without being read out each time.
      status.ariaLive = shown === state && busy === null ? 'off' : 'polite'
      shown = state
      put(status, busy && said.waitMessage ? said.waitMessage : (note ?? said.message))
      put(price, said.priceLine)
      price.hidden = !priced.has(state)
      const actionUrl = safeUrl(view.action?.url ?? null)
      label(accept, said.acceptLabel, busy)
      label(undo, said.undoLabel, busy)
      label(decline, busy === null ? said.declineLabel : null, busy)
      label(action, view.action?.clientSecret && actionUrl === null ? said.actionLabel : null, busy)
      link(bank, said.actionLabel, actionUrl)
      link(cart, said.cartLabel, safeUrl(view.cartUrl))
    },
  }
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = ''): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  if (className !== '') node.className = className
  return node
}

function button(kind: string, press: () => void): HTMLButtonElement {
  const node = make('button', kind)
  node.type = 'button'
  node.addEventListener('click', () => {
    if (node.ariaDisabled !== 'true') press()
  })
  return node
}

/** Only where it differs: what is written again is read out again. */
function put(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text
}

function putTitle(node: HTMLElement, text: string, url: string | null): void {
  if (node.textContent === text && (node.querySelector('a')?.href ?? null) === url) return
  if (url === null) {
    node.textContent = text
    return
  }
  const to = make('a')
  to.href = url
  to.target = '_blank'
  to.rel = 'noopener'
  to.textContent = text
  node.replaceChildren(to)
}

function label(node: HTMLButtonElement, text: string | null, busy: Press | null): void {
  node.hidden = text === null
  if (text !== null) put(node, text)
  node.ariaDisabled = busy === null ? null : 'true'
}

function link(node: HTMLAnchorElement, text: string | null, url: string | null): void {
  node.hidden = text === null || url === null
  if (text === null || url === null) return
  put(node, text)
  node.href = url
}
