// Tokens in the links of messages, signed with a key of this installation. They never expire. One that was altered reads
// as `null`; none holds an address, a name or a web address.

import type { Medium } from '../domain/recipient.ts'

export type LinkTokens = {
  /** For `/u/{token}`: one recipient, one medium. */
  unsubscribe(recipientHash: string, medium: Medium, messageId: string): string
  readUnsubscribe(
    token: string,
  ): { readonly recipientHash: string; readonly medium: Medium; readonly messageId: string } | null
  /** For `/c/{token}`: the nth product that a message shows. */
  click(messageId: string, index: number): string
  readClick(token: string): { readonly messageId: string; readonly index: number } | null
  /** For `/i/{token}.png` and the link around it: the nth pick of an order's confirmation. */
  image(orderId: string, index: number): string
  readImage(token: string): { readonly orderId: string; readonly index: number } | null
}
