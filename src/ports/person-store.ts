// All that the store holds of one person, to hand it out and to erase it (requirement C17). A person is found by the hash
// of a customer id, an e-mail address or a phone number, and from there by every order of theirs, and every customer id
// and e-mail address that these name, until nothing new is found. A phone number may be a household's: where
// it was asked for, it leads to orders that name nobody else, and to a person only where all its orders are one person's.

export type Person = {
  readonly customerIds: readonly string[]
  readonly recipientHashes: readonly string[]
}

/** Rows by table, columns as they are stored; only tables with rows of this person. */
export type PersonRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

export type ErasedPerson = Person & { readonly orders: number; readonly messagesCancelled: number }

export type PersonStore = {
  /** `sharedNumber`: asked for by a phone number that is several people's; then none of them was found by it. */
  readPerson(person: Person): Promise<Person & { readonly rows: PersonRows; readonly sharedNumber: boolean }>
  /**
   * Of a person as `readPerson` found them, by customer ids and e-mail addresses; a phone number leads here only to orders
   * that name nobody else. Of what was received until `atMs`, in one transaction: addresses, saved methods and what the customer bought are deleted, orders become those of a guest,
   * scheduled messages are cancelled, and every address is suppressed. What an order sold, the ledger and the log of
   * consents stay, without a way back to the person. May be repeated.
   */
  erasePerson(person: Person, atMs: number): Promise<ErasedPerson>
  /**
   * Deletes what was received (recipients, saved methods), settled (messages) or noted (soft bounces, the shop's own mails)
   * before `beforeMs`, the oldest first, at most `limit` rows of each; how many that were. What an order sold, the ledger,
   * consents and suppressions stay: none names anybody, and the last two say what may never be sent.
   */
  forgetOld(beforeMs: number, limit: number): Promise<number>
}
