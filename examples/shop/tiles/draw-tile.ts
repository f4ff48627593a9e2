// A picture for a product that has none: a quiet paper, one shape, one line drawing. Comes in: title and category. Goes
// out: an SVG document. Nothing of the title is written into it: words only choose among our own shapes and colours,
// so no title, however hostile, can put anything in.

import { spread, tileColours } from './tile-colours.ts'
import { chooseMotif } from './tile-motifs.ts'

const shapes: readonly string[] = [
  '<circle cx="200" cy="206" r="128"/>',
  '<path d="M88 330V196a112 112 0 0 1 224 0v134z"/>',
  '<rect x="84" y="90" width="232" height="232" rx="58"/>',
  '<path d="M200 72c82 0 132 54 132 132 0 74-58 128-132 128S68 282 68 204c0-82 60-132 132-132z"/>',
]

export function drawTile(product: { readonly title: string; readonly category: string | null }): string {
  const { paper, shape, line, accent } = tileColours(product.title)
  const ground = shapes[spread(product.title) % shapes.length] ?? ''
  // Presentation attributes instead of a style element: they hold under any content security policy.
  const motif = chooseMotif(product.title, product.category).replaceAll(
    'class="f"',
    `fill="${accent}" stroke="none" opacity=".55"`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400"><rect width="400" height="400" fill="${paper}"/><g fill="${shape}">${ground}</g><g transform="translate(85 85) scale(2.3)" fill="none" stroke="${line}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${motif}</g></svg>`
}
