// A shop system passes on what a person asks for: their data, or to be forgotten. A reader checks the signature over the raw
// bytes and says for whom; the plain ids go no further than whoever asks it. Absent where no secret is set up.

export type PrivacyRequest = {
  /** The sender's id of the event: names what is handed out. */
  readonly eventId: string
  readonly wants: 'data' | 'erasure'
  /** Customer ids, e-mail addresses and phone numbers, as the shop system writes them. */
  readonly names: readonly string[]
}

export type PrivacyReading =
  | { readonly kind: 'request'; readonly request: PrivacyRequest }
  /** The whole shop is to be forgotten; that is left to whoever runs the machine. */
  | { readonly kind: 'whole-shop' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'forged' }

export type PrivacyReader = (
  body: string,
  headers: { get(name: string): string | undefined },
) => PrivacyReading

/** By the last part of the address: `shopify`. */
export type PrivacyReaders = ReadonlyMap<string, PrivacyReader>

/** Keeps what a person asked for until the owner hands it on; says where. On the disk when it resolves. */
export type KeepHandout = (eventId: string, contents: unknown) => Promise<string>
