// Text as it stands in a picture, in DejaVu Sans from the npm package: how wide it is, and its SVG. Comes in: any text.
// Goes out: pixels, or markup in which it is only text. A script that the font does not hold shows as boxes.

import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'

const require = createRequire(import.meta.url)

/** Nothing of the machine is loaded, so that a picture is the same everywhere. */
export const pictureFont = {
  fontFiles: [
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  ],
  loadSystemFonts: false,
  defaultFontFamily: 'DejaVu Sans',
}

export type TextLook = { readonly size: number; readonly bold: boolean; readonly fill: string }
type Face = Pick<TextLook, 'size' | 'bold'>

const MEASURED_AT = 100
/** A sign costs 2 ms to measure, once; half an em is put in place of one that cannot be. */
const measured = new Map<string, number>()

export function widthOfText(text: string, { size, bold }: Face): number {
  let width = 0
  for (const sign of text) width += widthOfSign(sign, bold)
  return Math.ceil((width * size) / MEASURED_AT)
}

function widthOfSign(sign: string, bold: boolean): number {
  const key = `${bold}${sign}`
  const known = measured.get(key)
  if (known !== undefined) return known
  const width = widthDrawn(`x${sign}x`, bold) - widthDrawn('xx', bold)
  const kept = Number.isFinite(width) ? Math.max(0, width) : MEASURED_AT / 2
  measured.set(key, kept)
  return kept
}

/** From ink to ink; between two x nothing of the sign in the middle is lost. */
function widthDrawn(text: string, bold: boolean): number {
  const svg = textSvg(text, 0, MEASURED_AT, { size: MEASURED_AT, bold, fill: '#000' })
  const box = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${svg}</svg>`, {
    font: pictureFont,
  }).getBBox()
  return box?.width ?? Number.NaN
}

export function textSvg(text: string, x: number, y: number, { size, bold, fill }: TextLook): string {
  return `<text xml:space="preserve" x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}" font-weight="${bold ? 700 : 400}" fill="${fill}">${escapeXml(text)}</text>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** XML holds no control characters and no lone surrogates, not even escaped. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
