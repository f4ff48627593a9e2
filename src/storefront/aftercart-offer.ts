// <aftercart-offer token="…">: one offer on the shop's thank-you page. Comes in: a token of POST /v1/offers, and where the
// Aftercart server is (`src`, else where this script came from). Goes out: the offer, its outcome, and events. Nothing is
// written to the device. Where the server is slow, wrong or down, the page is as if the element were not there: its own
// content, if it has any, stands in the reserved space. After a click it asks until it knows what became of it.

import type { OfferView, ViewState } from '../domain/offer-view.ts'
import { type Doing, doOffer, type Server, seeOffer, tellExposure } from './ask-server.ts'
import { type Drawing, drawOffer, type Press } from './draw-offer.ts'
import { offerStyle } from './offer-style.ts'
import { safeUrl } from './safe-url.ts'
import { watchExposure } from './watch-exposure.ts'

/** A thank-you page waits no longer for an offer. */
const SHOW_PATIENCE_MS = 1500
const LATE_PATIENCE_MS = 15_000
/** Between two looks at what is under way: soon at first, then calmly, for as long as the page is open. */
const FIRST_LOOK_MS = 1000
const LAST_LOOK_MS = 30_000
/** So often the server says "still open" before a click counts as never arrived; clicking again charges once all the same. */
const LOOKS_UNTIL_OPEN = 3

const script = document.currentScript
const ownAddress = script instanceof HTMLScriptElement ? new URL('.', script.src).href : location.origin
const underWay = new Set<ViewState>(['accepting', 'pending', 'undoing', 'action-required'])
/** Nothing to say to someone who comes to the page anew. */
const over = new Set<ViewState>(['expired', 'dismissed'])
const outcomes: { readonly [state in ViewState]?: string } = {
  added: 'accepted',
  declined: 'declined',
  'not-confirmed': 'declined',
  dismissed: 'declined',
  undone: 'undone',
}

class AftercartOffer extends HTMLElement {
  static observedAttributes = ['token', 'src', 'locale']
  #drawing: Drawing | null = null
  #view: OfferView | null = null
  #note: string | null = null
  #token = ''
  #busy: Press | null = null
  /** Counts what was begun anew: an answer to an earlier question is not drawn. */
  #turn = 0
  #timer = 0
  #exposures = watchExposure(this, () => void tellExposure(this.#server(), this.#token))
  readonly #shadow = this.attachShadow({ mode: 'open' })

  connectedCallback(): void {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(offerStyle)
    this.#shadow.adoptedStyleSheets = [sheet]
    void this.#start()
  }

  disconnectedCallback(): void {
    this.#turn++
    clearTimeout(this.#timer)
    this.#exposures.stop()
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.isConnected && before !== after && this.#turn > 0) void this.#start()
  }

  /** The shopper agreed that it may be noted that the offer was seen. */
  consent(): void {
    this.#exposures.consent()
  }

  /** Asks how the offer stands: after a confirmation with the bank, for one. */
  async refresh(): Promise<void> {
    await this.#look(this.#turn, 0)
  }

  #server(): Server {
    const { lang } = (this.closest('[lang]') as HTMLElement | null) ?? { lang: '' }
    const given = this.getAttribute('src')
    const address = given === null ? ownAddress : (safeUrl(given) ?? '')
    return { address: address.replace(/\/$/, ''), locale: this.getAttribute('locale') || lang || 'en' }
  }

  async #start(): Promise<void> {
    const turn = ++this.#turn
    clearTimeout(this.#timer)
    this.#token = this.getAttribute('token') ?? ''
    this.#view = this.#note = this.#busy = this.#drawing = null
    this.#exposures.stop()
    this.#shadow.replaceChildren()
    if (this.#token === '' || this.#server().address === '') return this.#giveUp('no-token')
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      if (turn === this.#turn) this.#giveUp('slow')
    }, SHOW_PATIENCE_MS)
    const view = await seeOffer(this.#server(), this.#token, LATE_PATIENCE_MS)
    clearTimeout(timer)
    if (turn !== this.#turn) return
    if (view === null) return isLate ? undefined : this.#giveUp('unavailable')
    // Late, but about the shopper's money: coming back from the bank is worth the words, a new offer is not.
    if (over.has(view.state) || (isLate && view.state === 'open'))
      return isLate ? undefined : this.#giveUp(view.state)
    await this.#take(view, turn, false)
  }

  #giveUp(reason: string): void {
    this.#shadow.replaceChildren(document.createElement('slot'))
    this.#tell('nothing', { reason })
  }

  /** What the server said: drawn, told, and looked after where it is not the end of it. */
  async #take(view: OfferView, turn: number, isClicked: boolean): Promise<void> {
    if (view.state === 'price-changed' && view.replacement !== null && view.replacement !== this.#token) {
      const token = view.replacement
      const next = await seeOffer(this.#server(), token, LATE_PATIENCE_MS)
      if (turn !== this.#turn) return
      if (next !== null) {
        this.#token = token
        this.#note = next.state === 'open' ? view.words.message : null
        this.#exposures.stop()
        this.#view = null
        return await this.#take(next, turn, false)
      }
    }
    const before = this.#view
    const isNew = before?.state !== view.state
    if (isNew && view.state !== 'open') this.#note = null
    this.#view = view
    this.#busy = null
    this.#draw()
    if (before === null) this.#tell('shown', { state: view.state })
    if (view.state === 'open') this.#exposures.start()
    if (isNew && before !== null) this.#tellOutcome(view)
    if (isNew && isClicked) this.#tellAction()
    if (underWay.has(view.state)) this.#lookLater(turn, isNew ? FIRST_LOOK_MS : 0)
    else if (view.words.undoLabel !== null) this.#lookWhenUndoEnds(view, turn)
  }

  #draw(): void {
    if (this.#view === null) return
    const hadFocus = this.#shadow.activeElement
    if (this.#drawing === null) {
      this.#drawing = drawOffer((what) => this.#press(what))
      this.#shadow.replaceChildren(this.#drawing.region)
    }
    this.#drawing.show(this.#pictured(this.#view), { busy: this.#busy, note: this.#note })
    // The button is gone with its moment: who pressed it by keyboard stays in the offer.
    if (hadFocus instanceof HTMLElement && !hadFocus.checkVisibility()) {
      this.#drawing.region.focus({ preventScroll: true })
    }
  }

  /** The page may bring its own picture of the product. */
  #pictured(view: OfferView): OfferView {
    const imageUrl = this.getAttribute('image') ?? view.offer.imageUrl
    return { ...view, offer: { ...view.offer, imageUrl } }
  }

  #press(what: Press): void {
    if (what === 'action') this.#tellAction()
    else if (this.#busy === null) void this.#do(what)
  }

  async #do(doing: Doing): Promise<void> {
    const turn = ++this.#turn
    clearTimeout(this.#timer)
    this.#busy = doing
    this.#draw()
    const view = await doOffer(this.#server(), this.#token, doing)
    if (turn !== this.#turn) return
    if (view !== null && view.state !== this.#view?.state) return await this.#take(view, turn, true)
    if (doing !== 'decline') return await this.#findOut(turn, view)
    // A "no" needs no answer.
    this.#giveUp('dismissed')
    this.#tell('declined', { by: 'shopper' })
  }

  /** The answer to a click was lost. Whether it arrived is not known, so nothing is said but "one moment". */
  async #findOut(turn: number, first: OfferView | null): Promise<void> {
    const before = this.#view?.state
    let asBefore = first
    for (let looks = 0, wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, LAST_LOOK_MS)) {
      if (asBefore !== null && (first !== null || ++looks >= LOOKS_UNTIL_OPEN)) break
      await new Promise((resolve) => {
        this.#timer = setTimeout(resolve, wait)
      })
      if (turn !== this.#turn) return
      const view = await seeOffer(this.#server(), this.#token, LATE_PATIENCE_MS)
      if (turn !== this.#turn) return
      if (view !== null && view.state !== before) return await this.#take(view, turn, true)
      asBefore = view
    }
    if (asBefore !== null) await this.#take(asBefore, turn, true)
  }

  #wait = FIRST_LOOK_MS

  #lookLater(turn: number, anew: number): void {
    this.#wait = anew || Math.min(this.#wait * 1.5, LAST_LOOK_MS)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(turn, this.#wait), this.#wait)
  }

  async #look(turn: number, waited: number): Promise<void> {
    const view = await seeOffer(this.#server(), this.#token, LATE_PATIENCE_MS)
    if (turn !== this.#turn || this.#busy !== null) return
    if (view !== null) await this.#take(view, turn, false)
    else if (waited > 0) this.#lookLater(turn, 0)
  }

  /** Each minute, so that the minutes on the page are right; and when the time is over, even without an answer. */
  #lookWhenUndoEnds(view: OfferView, turn: number): void {
    const left = (view.undoUntilMs ?? 0) - Date.now()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      async () => {
        await this.#look(turn, 0)
        const isOver = (view.undoUntilMs ?? 0) <= Date.now()
        if (this.#view !== view || turn !== this.#turn || this.#busy !== null) return
        if (isOver) this.#view = { ...view, words: { ...view.words, undoLabel: null } }
        else this.#lookWhenUndoEnds(view, turn)
        this.#draw()
      },
      Math.min(Math.max(left, 1000), 60_000),
    )
  }

  #tellOutcome({ state, offer }: OfferView): void {
    const name = outcomes[state]
    if (name === undefined) return
    const { product, quantity, totalMinor, currency } = offer
    const by = state === 'declined' || state === 'not-confirmed' ? 'bank' : 'shopper'
    this.#tell(name, { by, product, quantity, totalMinor, currency })
  }

  /** The page's own payment script finishes it and then calls `refresh()`. */
  #tellAction(): void {
    const clientSecret = this.#view?.action?.clientSecret
    if (this.#view?.state === 'action-required' && clientSecret) this.#tell('action', { clientSecret })
  }

  #tell(name: string, detail: Readonly<Record<string, unknown>>): void {
    const known = { token: this.#token, ...detail }
    this.dispatchEvent(new CustomEvent(`aftercart:${name}`, { detail: known, bubbles: true, composed: true }))
  }
}

if (customElements.get('aftercart-offer') === undefined) {
  customElements.define('aftercart-offer', AftercartOffer)
}
