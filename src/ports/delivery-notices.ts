// Notices of bounces, complaints and replies. A reader checks the signature over the raw bytes and says what they tell;
// one request may tell several. Absent where no secret is set up: then nothing is taken.

import type { DeliveryNotice } from '../domain/delivery-notice.ts'

export type NoticeReading =
  | { readonly kind: 'notices'; readonly notices: readonly DeliveryNotice[] }
  /** The sender wanted to see that we listen: the reader has checked whose address it is, and visited it once. */
  | { readonly kind: 'confirm'; readonly url: string }
  | { readonly kind: 'forged' }

export type NoticeReader = (
  body: string,
  headers: { get(name: string): string | undefined },
  place: { readonly url: string; readonly nowMs: number },
) => Promise<NoticeReading>

/** By the last part of the address: `resend`, `postmark`, `ses`, `twilio`, `mailbox`. */
export type NoticeReaders = ReadonlyMap<string, NoticeReader>
