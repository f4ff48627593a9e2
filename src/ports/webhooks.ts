// Messages that a provider or the shop sends by itself. A reader checks the signature over the raw bytes and says what to look
// at again; the contents are not believed. Absent where no secret is set up: then nothing is taken.

export type WebhookReading =
  | {
      readonly kind: 'look-at'
      readonly eventId: string
      readonly topic: 'payment' | 'order'
      readonly subject: string
    }
  /** Rightly signed, and nothing of ours. */
  | { readonly kind: 'ignored' }
  /** Not signed with our secret, altered, or too old. */
  | { readonly kind: 'forged' }

export type WebhookReader = (
  body: string,
  headers: { get(name: string): string | undefined },
  nowMs: number,
) => WebhookReading

/** By the last part of the address: `stripe`, `shop`. */
export type WebhookReaders = ReadonlyMap<string, WebhookReader>
