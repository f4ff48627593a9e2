// What may happen to an add-on in the example, so that each of its states can be seen. Comes in: the choice at the checkout.
// Goes out: which test method of the local bank pays, and how the shop's back end behaves afterwards.

export type Scene = {
  readonly key: string
  readonly label: string
  readonly note: string
  /** A test method of the local bank. */
  readonly methodRef: string
  readonly methodKind: 'card' | 'gift-card'
  /** What the back end says between the offer and the click, or that the bank says nothing. */
  readonly twist: 'none' | 'sold-out' | 'dearer' | 'packed' | 'silent-bank'
}

export const addOnScenes: readonly [Scene, ...Scene[]] = [
  {
    key: 'ok',
    label: 'A card that works',
    note: 'One click adds the add-on and charges the card.',
    methodRef: 'pm_card_ok',
    methodKind: 'card',
    twist: 'none',
  },
  {
    key: '3ds',
    label: 'The bank asks you to confirm',
    note: 'You say yes or no on a page of the bank (3-D Secure, simulated).',
    methodRef: 'pm_card_3ds',
    methodKind: 'card',
    twist: 'none',
  },
  {
    key: 'declined',
    label: 'The bank says no',
    note: 'The add-on is declined; the order stays as it was.',
    methodRef: 'pm_card_declined',
    methodKind: 'card',
    twist: 'none',
  },
  {
    key: 'silent',
    label: 'The bank does not answer',
    note: 'The page says that it takes longer; nothing is charged twice.',
    methodRef: 'pm_card_ok',
    methodKind: 'card',
    twist: 'silent-bank',
  },
  {
    key: 'sold-out',
    label: 'Sold out meanwhile',
    note: 'Somebody else takes the last one before the click.',
    methodRef: 'pm_card_ok',
    methodKind: 'card',
    twist: 'sold-out',
  },
  {
    key: 'dearer',
    label: 'Another price meanwhile',
    note: 'The price goes up between the offer and the click.',
    methodRef: 'pm_card_ok',
    methodKind: 'card',
    twist: 'dearer',
  },
  {
    key: 'packed',
    label: 'Packed at once',
    note: 'The parcel is packed before the add-on is taken back.',
    methodRef: 'pm_card_ok',
    methodKind: 'card',
    twist: 'packed',
  },
  {
    key: 'gift-card',
    label: 'A gift card',
    note: 'It cannot be charged again: the offer leads to the shop instead.',
    methodRef: 'gift_card',
    methodKind: 'gift-card',
    twist: 'none',
  },
]

export function sceneOf(key: string): Scene {
  return addOnScenes.find((scene) => scene.key === key) ?? addOnScenes[0]
}

/** Of the terms under which the example's cards are saved. */
export const CONSENT_VERSION = 'example-2026-11'
export const MERCHANT = 'Teasel & Thyme'
/** Version of the words beside the box at the checkout. */
export const CHECKOUT_NOTICE = 'checkout-2026-11'
