// The picture that stands in a mail in place of the block, drawn when the mail is opened. Comes in: words, and the photo of
// the product where the caller has it; nothing is fetched. Goes out: a PNG of 1200 × 360 pixels, shown at 600 × 180, always
// the same for the same words. Words are only text: escaped in the SVG, wrapped, and cut with an ellipsis.

import { Resvg } from '@resvg/resvg-js'
import type { PickPicture } from '../../domain/pick-picture.ts'
import { pictureFont, type TextLook, textSvg, widthOfText } from './text-in-picture.ts'
import { wrapText } from './wrap-text.ts'

export const PICTURE_WIDTH = 1200
export const PICTURE_HEIGHT = 360

const EDGE = 48
const PHOTO_SIDE = 264
const TITLE_LINE = 52
const TEXT_LINE = 42
const BUTTON_HEIGHT = 64
const FOOT_ROOM_MAX = 320

const ground = '#f8f5f0'
const green = '#2d5544'
const titleLook: TextLook = { size: 42, bold: true, fill: '#22302a' }
const needLook: TextLook = { size: 32, bold: false, fill: '#57534b' }
const priceLook: TextLook = { size: 32, bold: true, fill: '#22302a' }
const labelLook: TextLook = { size: 30, bold: true, fill: '#ffffff' }

export function drawPick(picture: PickPicture): Uint8Array {
  const drawn = picture.kind === 'pick' ? pickSvg(picture) : thanksSvg(picture)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}"><rect width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" fill="${ground}"/>${drawn}</svg>`
  return new Resvg(svg, { font: pictureFont }).render().asPng()
}

function pickSvg({ title, need, price, label, photo }: Extract<PickPicture, { kind: 'pick' }>): string {
  const left = photo === null ? EDGE : EDGE + PHOTO_SIDE + 40
  const room = PICTURE_WIDTH - EDGE - left
  const titleLines = linesOf(title, titleLook, room, 2)
  const needLines = linesOf(need, needLook, room, 2)
  const needTop = titleLines.length * TITLE_LINE + 6
  const footTop = needTop + needLines.length * TEXT_LINE + 16
  const top = Math.round((PICTURE_HEIGHT - footTop - BUTTON_HEIGHT) / 2)
  return [
    photo === null ? '' : photoSvg(photo),
    ...titleLines.map((line, at) => textSvg(line, left, top + 40 + at * TITLE_LINE, titleLook)),
    ...needLines.map((line, at) => textSvg(line, left, top + needTop + 32 + at * TEXT_LINE, needLook)),
    footSvg(price, label, left, top + footTop),
  ].join('')
}

/** Price and what looks like a button: the link is around the whole picture. */
function footSvg(price: string, label: string, left: number, top: number): string {
  const [shownPrice = ''] = linesOf(price, priceLook, FOOT_ROOM_MAX, 1)
  const [shownLabel = ''] = linesOf(label, labelLook, FOOT_ROOM_MAX, 1)
  const buttonLeft = left + widthOfText(shownPrice, priceLook) + 36
  const buttonWidth = widthOfText(shownLabel, labelLook) + 72
  return [
    textSvg(shownPrice, left, top + 43, priceLook),
    `<rect x="${buttonLeft}" y="${top}" width="${buttonWidth}" height="${BUTTON_HEIGHT}" rx="32" fill="${green}"/>`,
    textSvg(shownLabel, buttonLeft + 36, top + 42, labelLook),
  ].join('')
}

function thanksSvg({ words, more }: Extract<PickPicture, { kind: 'thanks' }>): string {
  const middle = PICTURE_WIDTH / 2
  const centred = (text: string, y: number, look: TextLook): string => {
    const [line = ''] = linesOf(text, look, PICTURE_WIDTH - 2 * EDGE, 1)
    return textSvg(line, middle - Math.round(widthOfText(line, look) / 2), y, look)
  }
  return [
    `<circle cx="${middle}" cy="104" r="44" fill="${green}"/>`,
    `<path d="M${middle - 20} 105 l14 15 l27 -30" fill="none" stroke="#ffffff" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/>`,
    centred(words, 222, titleLook),
    centred(more, 280, needLook),
  ].join('')
}

function linesOf(text: string, look: TextLook, room: number, lines: number): readonly string[] {
  return wrapText(text, { widthOf: (line) => widthOfText(line, look), room, lines })
}

function photoSvg({ type, bytes }: { readonly type: string; readonly bytes: Uint8Array }): string {
  const top = (PICTURE_HEIGHT - PHOTO_SIDE) / 2
  const place = `x="${EDGE}" y="${top}" width="${PHOTO_SIDE}" height="${PHOTO_SIDE}"`
  const address = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
  return `<clipPath id="photo"><rect ${place} rx="16"/></clipPath><rect ${place} rx="16" fill="#ffffff"/><image ${place} clip-path="url(#photo)" preserveAspectRatio="xMidYMid slice" xlink:href="${address}"/>`
}
