// The colours of a tile. Comes in: a title. Goes out: paper, shape, line and accent. A colour word in the title decides
// (a pink teacup is pink), else the first letters do, so that the same product always looks the same.

export type TileColours = {
  readonly paper: string
  readonly shape: string
  readonly line: string
  readonly accent: string
}

const named: readonly (readonly [RegExp, TileColours])[] = [
  [
    /\b(pink|rose|roses|raspberry|cherry)\b/,
    { paper: '#f7e9e6', shape: '#efd0cc', line: '#7c3b45', accent: '#d98c8f' },
  ],
  [
    /\b(red|retrospot|strawberry|poppy)\b/,
    { paper: '#f8e8e1', shape: '#f0cabd', line: '#8a3226', accent: '#d9715a' },
  ],
  [/\b(green|ivy|apple|mint)\b/, { paper: '#eaf0e6', shape: '#cfdec7', line: '#37543d', accent: '#8bae84' }],
  [
    /\b(blue|sea|nautical|denim)\b/,
    { paper: '#e6edf2', shape: '#c7d8e3', line: '#2f4d64', accent: '#7fa3bd' },
  ],
  [
    /\b(cream|ivory|white|lace|natural)\b/,
    { paper: '#f5f1e8', shape: '#e8dfcd', line: '#5e5340', accent: '#c6b48f' },
  ],
  [
    /\b(gold|yellow|sunflower|lemon|honey)\b/,
    { paper: '#f8f0dc', shape: '#efddaf', line: '#6f5516', accent: '#d6b04f' },
  ],
  [
    /\b(purple|lavender|violet|lilac|amethyst)\b/,
    { paper: '#efebf3', shape: '#dacfe4', line: '#513d66', accent: '#a48cbb' },
  ],
  [
    /\b(orange|peach|coral|copper|ginger)\b/,
    { paper: '#f9ebdf', shape: '#f2d2b6', line: '#80431b', accent: '#de9a62' },
  ],
  [
    /\b(black|silver|grey|zinc|metal|charcoal|slate)\b/,
    { paper: '#ecebe9', shape: '#d6d4d0', line: '#3d3f44', accent: '#9a9a97' },
  ],
]

const others: readonly TileColours[] = [
  { paper: '#f1ede4', shape: '#e0d6c2', line: '#574a33', accent: '#bda476' },
  { paper: '#e8efec', shape: '#cadcd5', line: '#2d5044', accent: '#82aa9b' },
  { paper: '#f4eae5', shape: '#e6cfc4', line: '#6b4134', accent: '#c58f78' },
  { paper: '#e9ecf1', shape: '#ccd4e1', line: '#374863', accent: '#8a9dbd' },
  { paper: '#f2eddb', shape: '#e3d9b4', line: '#5c5322', accent: '#bcab5b' },
  { paper: '#efe8ec', shape: '#dccbd5', line: '#5f3b52', accent: '#b189a1' },
]

export function tileColours(title: string): TileColours {
  const text = title.toLowerCase()
  const found = named.find(([words]) => words.test(text))
  if (found !== undefined) return found[1]
  return (
    others[spread(text) % others.length] ?? { paper: '#fff', shape: '#eee', line: '#333', accent: '#999' }
  )
}

/** FNV-1a over the text: spreads products over the palette, the same on every machine. */
export function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
