// Small things that every template uses: text from outside comes in, and goes out escaped, folded or not at all.
// All markup is made with `html`, which escapes every value that is put in.

import assert from 'node:assert/strict'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Markup = HtmlEscapedString

/** `html` waits for promises among its values; templates have none, so the answer is here at once. */
export function toMarkup(made: Markup | Promise<Markup>): Markup {
  assert(!(made instanceof Promise), 'a template was given a promise')
  return made
}

export function joinMarkup(parts: readonly Markup[]): Markup {
  return toMarkup(html`${[...parts]}`)
}

/** One line without control characters: safe in a subject and in a text part. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The address when it is an absolute http or https one, else `null`: no `javascript:`, no `data:`. */
export function webUrl(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}

/** What a reader sees: without tags, style and comments, white space folded. */
export function visibleText(markup: string): string {
  return markup
    .replace(/<style>[\s\S]*?<\/style>|<title>[\s\S]*?<\/title>|<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#\d+|#x[\da-f]+|[a-z]+);/gi, '.')
    .replace(/[\s\u200c\u00a0]+/g, ' ')
    .trim()
}

export function visibleCharacters(markup: string): number {
  return visibleText(markup).length
}

/** Braces as entities: a template language that a host runs over our markup finds nothing of its own in it. */
export function withoutBraces(markup: string): string {
  return markup.replaceAll('{', '&#123;').replaceAll('}', '&#125;')
}
