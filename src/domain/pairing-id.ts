// The id of a pairing: its two products in one text that may stand in an address unquoted, and stays the same from plan
// to plan. Letters, digits, `_` and `-` stay as they are, all else is written as `.` and two hexadecimal digits per byte
// of UTF-8; `~` stands between the two.

export function pairingId(anchor: string, addOn: string): string {
  return `${quote(anchor)}~${quote(addOn)}`
}

/** `null` where the text is no such id. */
export function readPairingId(id: string): { readonly anchor: string; readonly addOn: string } | null {
  const [anchor, addOn, ...more] = id.split('~').map(unquote)
  if (!anchor || !addOn || more.length > 0) return null
  return { anchor, addOn }
}

function quote(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[.!~*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%', '.')
}

function unquote(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('%', '%25').replaceAll('.', '%'))
  } catch {
    return null
  }
}
