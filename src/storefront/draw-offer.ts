// An offer → elements. Text goes in as text only, addresses only where they are https or of this page's own origin.

import type { OfferView } from '../domain/offer-view.ts'

export type Doing = 'accept' | 'decline' | 'undo'

export type Drawn = {
  readonly section: HTMLElement
  /** Where the focus goes when a button that had it is gone. */
  readonly message: HTMLElement
}

type Frame = {
  readonly image: string | null
  readonly isBusy: boolean
  readonly onDo: (doing: Doing) => void
}

export function drawOffer(view: OfferView, { image, isBusy, onDo }: Frame): Drawn {
  const { offer, words, action, cartUrl } = view
  const section = make('section')
  section.setAttribute('role', 'region')
  section.setAttribute('aria-label', words.regionLabel)
  const picture = safeUrl(image ?? offer.imageUrl)
  if (picture === null) section.className = 'bare'
  else section.append(drawImage(picture))

  const text = make('div', 'words')
  text.append(make('p', 'need', offer.need), drawTitle(offer.title, safeUrl(offer.url)))
  const price = make('p', 'price', words.priceLine)
  const message = make('p', 'message', words.message)
  message.tabIndex = -1
  const actions = make('div', 'actions')
  const button = (label: string | null, doing: Doing, className = '') => {
    if (label === null) return
    const made = make('button', className, label)
    made.type = 'button'
    made.disabled = isBusy
    made.addEventListener('click', () => onDo(doing))
    actions.append(made)
  }
  button(words.acceptLabel, 'accept')
  link(actions, words.cartLabel, cartUrl)
  link(actions, words.actionLabel, action?.url ?? null)
  button(words.undoLabel, 'undo', 'quiet')
  button(words.declineLabel, 'decline', 'quiet')
  const isOpen = words.acceptLabel !== null || words.cartLabel !== null
  text.append(...(isOpen ? [price] : []), ...(words.message === '' ? [] : [message]), actions)
  section.append(text)
  return { section, message }
}

function drawImage(source: string): HTMLElement {
  const image = make('img')
  image.alt = ''
  image.width = 144
  image.height = 144
  image.src = source
  return image
}

function drawTitle(title: string, url: string | null): HTMLElement {
  const heading = make('p', 'title')
  heading.setAttribute('role', 'heading')
  heading.setAttribute('aria-level', '2')
  if (url === null) heading.textContent = title
  else {
    const link = make('a', '', title)
    link.href = url
    heading.append(link)
  }
  return heading
}

function link(into: HTMLElement, label: string | null, address: string | null): void {
  const url = safeUrl(address)
  if (label === null || url === null) return
  const made = make('a', 'go', label)
  made.href = url
  into.append(made)
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (className !== '') element.className = className
  if (text !== '') element.textContent = text
  return element
}

/** A title can be hostile, and so can an address: `javascript:` and the like never become a link. */
export function safeUrl(address: string | null): string | null {
  if (address === null || address === '') return null
  try {
    const url = new URL(address, location.href)
    return url.protocol === 'https:' || url.origin === location.origin ? url.href : null
  } catch {
    return null
  }
}
