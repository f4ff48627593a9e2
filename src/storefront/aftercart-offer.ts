// <aftercart-offer token="…">: one offer on a thank-you page. It asks Aftercart what to show, shows it, sends a click once and
// tells what became of it. It keeps nothing on the device, loads nothing from elsewhere, and where Aftercart is slow, wrong or
// down the page is as if it were not there. A click that got no answer is never called failed: it is asked about until
// it is known.

import type { OfferView, ViewState } from '../domain/offer-view.ts'
import { type Ask, askAt, tellSeen } from './ask-aftercart.ts'
import { type Doing, drawOffer } from './draw-offer.ts'
import { offerStyle } from './offer-style.ts'

const FIRST_ANSWER_MS = 1500
const CLICK_ANSWER_MS = 15_000
const SEEN_MS = 1000
/** Waits between questions about something that is under way: some two minutes in all. */
const WAITS_MS = [1000, 2000, 3000, 5000, 8000, 13_000, 20_000, 30_000, 40_000]

const script =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href
const underWay: ReadonlySet<ViewState> = new Set<ViewState>(['accepting', 'pending', 'undoing'])
const told: Partial<Record<ViewState, string>> = {
  added: 'accepted',
  dismissed: 'declined',
  undone: 'undone',
}

class AftercartOffer extends HTMLElement {
  static observedAttributes = ['token']
  #root = this.attachShadow({ mode: 'open' })
  #token = ''
  #isBusy = false
  #isConsented = false
  #seen: IntersectionObserver | null = null
  #timers = new Set<ReturnType<typeof setTimeout>>()
  #state: ViewState | null = null

  connectedCallback(): void {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(offerStyle)
    this.#root.adoptedStyleSheets = [sheet]
    void this.refresh()
  }

  disconnectedCallback(): void {
    this.#seen?.disconnect()
    for (const timer of this.#timers) clearTimeout(timer)
  }

  attributeChangedCallback(_: string, before: string | null): void {
    if (before !== null && this.isConnected) void this.refresh()
  }

  /** Asks again how the offer stands: after the bank was answered in the page, for one. */
  async refresh(): Promise<void> {
    this.#token = this.getAttribute('token') ?? ''
    const view = this.#token === '' ? null : await this.#ask()(this.#path(), false, FIRST_ANSWER_MS)
    if (view === null) this.#giveUp()
    else this.#show(view)
  }

  /** The shopper agreed: from now on it may be told that the offer was seen. */
  consent(): void {
    this.#isConsented = true
    if (this.#state === 'open') this.#watch()
  }

  #base(): string {
    return new URL(this.getAttribute('src') ?? script, location.href).origin
  }

  #ask(): Ask {
    return askAt(this.#base(), this.getAttribute('locale') ?? document.documentElement.lang)
  }

  #path(doing?: Doing): string {
    return `${encodeURIComponent(this.#token)}${doing === undefined ? '' : `/${doing}`}`
  }

  #show(view: OfferView): void {
    if (view.state === 'price-changed' && view.replacement !== null) {
      this.#showReplacement(view)
      return
    }
    this.#draw(view)
    const { state } = view
    if (state === this.#state) return
    this.#state = state
    if (state === 'open') this.#watch()
    const name = state === 'open' ? 'shown' : told[state]
    if (name !== undefined) this.#say(name, view)
    if (state === 'action-required') this.#say('action', view)
    if (underWay.has(state)) this.#follow(0)
    if (view.undoUntilMs !== null) this.#later(() => void this.refresh(), view.undoUntilMs - Date.now() + 500)
  }

  /** The same product at its new price, under the words that say so. */
  #showReplacement({ replacement, words }: OfferView): void {
    this.#token = replacement ?? ''
    void this.#ask()(this.#path(), false, CLICK_ANSWER_MS).then((view) => {
      if (view === null) return this.#giveUp()
      this.#isBusy = false
      this.#show({
        ...view,
        words: { ...view.words, message: view.state === 'open' ? words.message : view.words.message },
      })
    })
  }

  #draw(view: OfferView): void {
    const hadFocus = this.#root.activeElement !== null
    const frame = {
      image: this.getAttribute('image'),
      isBusy: this.#isBusy,
      onDo: (doing: Doing) => void this.#do(doing, view),
    }
    const { section, message } = drawOffer(view, frame)
    // One live region for the whole life: a new one would not be read out.
    const live = this.#root.querySelector('.heard') ?? document.createElement('p')
    live.className = 'heard'
    live.setAttribute('aria-live', 'polite')
    this.#root.querySelector('section')?.remove()
    this.#root.append(section, live)
    live.textContent = view.words.message
    if (hadFocus) (message.isConnected ? message : section.querySelector<HTMLElement>('button'))?.focus()
  }

  async #do(doing: Doing, view: OfferView): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    this.#draw(view)
    const answer = await this.#ask()(this.#path(doing), true, CLICK_ANSWER_MS)
    this.#isBusy = false
    if (answer !== null) this.#show(answer)
    // Perhaps it arrived, perhaps not: what is so is asked, and the button stays shut meanwhile.
    else {
      this.#isBusy = true
      this.#draw(view)
      this.#follow(0)
    }
  }

  #follow(turn: number): void {
    const wait = WAITS_MS[turn]
    if (wait === undefined) return
    this.#later(async () => {
      const view = await this.#ask()(this.#path(), false, CLICK_ANSWER_MS)
      if (view === null || underWay.has(view.state)) return this.#follow(turn + 1)
      this.#isBusy = false
      this.#show(view)
    }, wait)
  }

  #later(act: () => void, ms: number): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        act()
      },
      Math.max(0, ms),
    )
    this.#timers.add(timer)
  }

  /** Half of it in view for a second is seen; told once, and only where the page may. */
  #watch(): void {
    if (this.getAttribute('consent') === 'required' && !this.#isConsented) return
    if (this.#seen !== null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    this.#seen = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(timer)
        if (!entry?.isIntersecting) return
        timer = setTimeout(() => {
          this.#seen?.disconnect()
          tellSeen(this.#base(), this.#token)
        }, SEEN_MS)
      },
      { threshold: 0.5 },
    )
    this.#seen.observe(this)
  }

  /** What the page put into the element stands in its place. The reserved space stays where closing it would be seen. */
  #giveUp(): void {
    this.#root.replaceChildren(document.createElement('slot'))
    this.#say('nothing', null)
    const { top, bottom } = this.getBoundingClientRect()
    const isInView = bottom > 0 && top < innerHeight
    if (!isInView && this.childElementCount === 0) this.hidden = true
  }

  #say(name: string, view: OfferView | null): void {
    const detail = {
      state: view?.state ?? null,
      product: view?.offer.product ?? null,
      clientSecret: view?.action?.clientSecret ?? null,
    }
    this.dispatchEvent(new CustomEvent(`aftercart:${name}`, { bubbles: true, composed: true, detail }))
  }
}

if (customElements.get('aftercart-offer') === undefined)
  customElements.define('aftercart-offer', AftercartOffer)
