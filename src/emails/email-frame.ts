// The frame of every e-mail: 600 pixels, tables and inline styles for old clients, a style block only for dark mode and
// phones. Nothing is fetched: no font, no tracking pixel. Content comes in as markup, a whole document goes out.
// Text on its ground has a contrast of at least 4.5 in both modes (WCAG 2.2, 1.4.3); a test computes it.

import { html, raw } from 'hono/html'
import type { EmailShop } from './email-shop.ts'
import { type Markup, toMarkup, webUrl } from './to-markup.ts'
import { languageOf } from './words/words-for.ts'

const darkAndNarrow = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) {
  .frame { width: 100% !important; }
  .edge { padding: 20px 8px 32px !important; }
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .tile { padding-left: 16px !important; padding-right: 16px !important; }
  .half { display: block !important; width: auto !important; padding-left: 0 !important; padding-bottom: 16px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #16171a !important; }
  .card { background: #202226 !important; }
  .ink { color: #f1eee8 !important; }
  .soft { color: #b9b5ac !important; }
  .rule { border-color: #3a3c41 !important; }
  .offer { background: #2a2c31 !important; }
  .accent { color: #a9cbb8 !important; }
  .button { background: #a9cbb8 !important; }
  .button a { color: #16171a !important; }
}`

export const emailFont = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
export const emailSerif = "font-family:Georgia,'Times New Roman',serif;"

/** `preview` is the line that a mailbox shows after the subject. */
export function emailFrame(parts: {
  readonly shop: EmailShop
  readonly subject: string
  readonly preview: string
  readonly content: Markup
  readonly footer: Markup
}): string {
  const { shop, subject, preview, content, footer } = parts
  const home = webUrl(shop.homeUrl)
  const name = `${emailSerif}font-size:22px;line-height:28px;letter-spacing:.01em;color:#22302a;text-decoration:none;`
  const brand =
    home === null
      ? html`<span class="ink" style="${name}">${shop.name}</span>`
      : html`<a class="ink" href="${home}" style="${name}" target="_blank">${shop.name}</a>`
  return toMarkup(html`<!doctype html>
<html lang="${languageOf(shop.locale) ?? 'en'}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${subject}</title>
<style>${styleBlock}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f1ec;${emailFont}">
${previewLine(preview)}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background:#f4f1ec;">
<tr><td align="center" class="edge" style="padding:32px 12px 40px;">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" class="frame" style="width:600px;max-width:100%;">
<tr><td class="pad" style="padding:0 40px 20px;">${brand}</td></tr>
<tr><td class="card" style="background:#ffffff;border-radius:12px;word-break:break-word;">${content}</td></tr>
<tr><td class="pad soft" style="padding:24px 40px 0;font-size:14px;line-height:21px;color:#57534b;">${footer}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>`).toString()
}

/** Hidden in the mail, read by mailboxes. */
function previewLine(preview: string): Markup {
  return toMarkup(html`<div style="display:none;max-height:0;overflow:hidden;">${preview}</div>`)
}

/** The preview line of a mail that was rendered, as text. */
export function previewLineOf(mail: string): string {
  const [, line = ''] = /<div style="display:none;[^"]*">([^<]*)<\/div>/.exec(mail) ?? []
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
  return line.replace(/&(lt|gt|quot|#39|amp);/g, (whole, name: string) => signs[name] ?? whole)
}

/** Our own constant text, not a value from outside: the one place where nothing is escaped. */
const styleBlock = raw(darkAndNarrow)

/** A block of a card: one row of its own table, with the same side padding everywhere. */
export function emailSection(content: Markup, padding: string): Markup {
  return toMarkup(
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="pad" style="padding:${padding};">${content}</td></tr></table>`,
  )
}

export function emailButton(label: string, url: string | null): Markup {
  const target = webUrl(url)
  if (target === null) return toMarkup(html``)
  return toMarkup(
    html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="button" style="border-radius:999px;background:#2d5544;"><a href="${target}" target="_blank" style="display:inline-block;padding:12px 24px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;${emailFont}">${label}</a></td></tr></table>`,
  )
}
