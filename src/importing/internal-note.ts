// Titles that are notes of the shop to itself: what is left of stock corrections, test rows and codes where a customer
// expects a name. Comes in: a title, its product id, and whether this shop's titles carry capitals. Goes out: what looks
// wrong about it, or null. Words that are also sold (a "lost & found" sign, a "wet bag") are not on the list alone.

/** Whole words and phrases that say what happened to stock, or that a row is not for customers. */
const notes =
  /\b(damaged?|faulty|mouldy|smashed|crushed|rusty|wrong(ly)? (coded|marked|barcode|code|invc?|ctn)|wrongly|mis-?coded|incorrect(ly)? (stock|credited|entered)|mix(ed)?[ -]up|thrown away|given away|written off|write[ -]off|unsaleable|unsellable|not for sale|do not (use|sell|order)|don'?t (use|sell)|obsolete|re-?label(l?ed)?|stock ?(take|check|correction)|counted|can'?t find|came (coded )?as|sold as|put aside|returned|label mix|amazon|ebay|high res(olution)?|(image|photo|picture) (needed|missing|to follow)|dotcom sales|test (item|product|row)|dummy|tbc|tbd|asdf|xxx+)\b/i

export function findNote(title: string, id: string, capitalsAreUsual: boolean): string | null {
  const text = title.trim()
  const word = notes.exec(text)?.[0].toLowerCase()
  if (word !== undefined) return `"${word}" reads as a note`
  if (/^[*#!~^]/.test(text))
    return `"${text.charAt(0)}" at its beginning is a mark of yours, not a part of a name`
  if (/\?/.test(text)) return 'a question mark stands in it'
  if (!/\p{L}{2}/u.test(text)) return 'it holds no word'
  if (text !== id && /^[A-Z\d][A-Z\d_./-]{3,}$/.test(text) && /\d/.test(text))
    return 'it is a code, not a name'
  if (capitalsAreUsual && text === text.toLowerCase() && /\p{Ll}/u.test(text))
    return "it is in small letters alone, unlike this shop's other titles"
  return null
}

/** Do nine of ten titles hold a capital letter? */
export function capitalsAreUsual(titles: readonly string[]): boolean {
  const withCapital = titles.filter((title) => title !== title.toLowerCase()).length
  return withCapital >= titles.length * 0.9
}
