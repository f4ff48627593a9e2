// Words of a title, and the ones that only tell forms of one product apart: colours, sizes, numbers, packs. The lists
// are short and general on purpose; what a shop's own codes and titles show comes on top (group-variants.ts).

const colours = `amber aqua aubergine azure beige black blue bordeaux bronze brown burgundy charcoal chrome clear cobalt
  copper coral cream crimson cyan emerald fuchsia gold golden gray green grey indigo ivory jade khaki lavender lemon
  lilac lime magenta maroon mauve mint multi multicolour multicolor mustard natural navy ochre olive orange peach pink
  plum purple red rose ruby sage salmon sand scarlet silver tan taupe teal terracotta turquoise violet white yellow
  schwarz weiss weiß rot blau grün gelb rosa lila grau braun silber noir blanc blanche rouge bleu bleue vert verte jaune
  gris grise marron negro blanco rojo azul verde amarillo gris`
const sizes = `xxs xs s m l xl xxl xxxl small medium large big tall short mini midi maxi jumbo giant extra tiny little
  long wide narrow single double king queen klein mittel groß gross petit petite moyen grand grande pequeño mediano`
const packs = `set pack packs of pc pcs piece pieces pair pairs x assorted colour color colours colors size asst
  ass cm mm ml cl kg g lb oz inch in`

const colourWords = wordSet(colours)
const sizeWords = wordSet(sizes)
const packWords = wordSet(packs)

function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean))
}

/** Lower-case words; hyphens and apostrophes stay inside a word. */
export function wordsOf(title: string): string[] {
  return title.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
}

/** A colour, a size, or a number with or without a unit: what differs between forms of one product. */
export function isFormWord(word: string): boolean {
  return colourWords.has(word) || sizeWords.has(word) || /^\d/.test(word) || /^\p{L}$/u.test(word)
}

export function isPackWord(word: string): boolean {
  return packWords.has(word)
}

/** English plurals, roughly: boxes, candles, berries. Only used to count one noun once. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(x|ch|sh|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}
