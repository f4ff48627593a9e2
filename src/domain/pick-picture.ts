// What the picture of a pick shows when a mail is opened: words only, already in the reader's language. A mail that was
// sent cannot be changed, but this picture can: what sold out since is not in it.

export type PickPicture =
  | {
      readonly kind: 'pick'
      readonly title: string
      readonly need: string
      readonly price: string
      /** As on a button; the link around the picture is the host's. */
      readonly label: string
      /** Of the product, where the caller has it: PNG or JPEG. Nothing is fetched. */
      readonly photo: { readonly type: 'image/png' | 'image/jpeg'; readonly bytes: Uint8Array } | null
    }
  /** Nothing to offer. */
  | { readonly kind: 'thanks'; readonly words: string; readonly more: string }
