// One title per product. Goes in: every title that its lines carried, with how often and when last. Comes out: the most
// used clean one, the later of equals. A note that someone left in the title field ("damaged", "?", "wrongly coded") is
// not a title: it starts in lower case where the product's others do not, or holds no word. Null where nothing is left.
// NUL, which PostgreSQL refuses, is white space.

export type UsedTitle = { readonly title: string; readonly lines: number; readonly lastUsedAtMs: number }

export function chooseTitle(used: readonly UsedTitle[]): string | null {
  const words = used.filter(({ title }) => /\p{L}{2}/u.test(title))
  const clean = words.filter(({ title }) => !isNote(title))
  let best: UsedTitle | null = null
  for (const candidate of clean.length > 0 ? clean : words) {
    const better =
      best === null ||
      candidate.lines > best.lines ||
      (candidate.lines === best.lines && candidate.lastUsedAtMs > best.lastUsedAtMs)
    if (better) best = candidate
  }
  return best === null ? null : best.title.replace(/[\s\0]+/g, ' ').trim()
}

function isNote(title: string): boolean {
  return title.includes('?') || /^\p{Ll}/u.test(title.trim())
}
