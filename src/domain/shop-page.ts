// A page of the shop from the pattern in its settings: `{product}` or `{order}` is filled in. Comes in: the pattern, where
// there is one, and the id, which may hold anything. Goes out: the address; `null` without a pattern.

export function shopPage(pattern: string | null, place: '{product}' | '{order}', id: string): string | null {
  return pattern === null ? null : pattern.replaceAll(place, () => encodeURIComponent(id))
}
