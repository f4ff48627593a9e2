// The page behind the link "Unsubscribe" of a message: looking at it changes nothing, since link scanners look at
// everything; one button ends the messages. Words in four languages; no script, no cookie, nothing from elsewhere.

import { html } from 'hono/html'
import { type Markup, toMarkup } from '../emails/to-markup.ts'

export type PageLanguage = 'en' | 'de' | 'fr' | 'es'

type Words = {
  readonly title: string
  readonly asks: (shop: string) => string
  readonly button: string
  readonly keeps: string
  readonly done: string
  readonly doneMore: (shop: string) => string
  readonly unknown: string
  readonly unknownMore: string
}

const words: Readonly<Record<PageLanguage, Words>> = {
  en: {
    title: 'Unsubscribe',
    asks: (shop) => `Do you want no more suggestions from ${shop}?`,
    button: 'Unsubscribe',
    keeps: 'Confirmations of your orders will still reach you. There is nothing else to fill in.',
    done: 'You are unsubscribed.',
    doneMore: (shop) => `${shop} will send you no more suggestions. It takes effect now.`,
    unknown: 'This link is not complete.',
    unknownMore: 'It may have been cut off. Open it from the message again, or reply to the message.',
  },
  de: {
    title: 'Abmelden',
    asks: (shop) => `Möchten Sie keine Vorschläge von ${shop} mehr erhalten?`,
    button: 'Abmelden',
    keeps: 'Bestätigungen Ihrer Bestellungen erhalten Sie weiterhin. Mehr ist nicht auszufüllen.',
    done: 'Sie sind abgemeldet.',
    doneMore: (shop) => `${shop} sendet Ihnen keine Vorschläge mehr. Das gilt ab sofort.`,
    unknown: 'Dieser Link ist nicht vollständig.',
    unknownMore:
      'Vielleicht wurde er abgeschnitten. Öffnen Sie ihn noch einmal aus der Nachricht, oder antworten Sie auf sie.',
  },
  fr: {
    title: 'Se désabonner',
    asks: (shop) => `Ne plus recevoir de suggestions de ${shop} ?`,
    button: 'Se désabonner',
    keeps: 'Vous recevrez toujours les confirmations de vos commandes. Il n’y a rien d’autre à remplir.',
    done: 'Vous êtes désabonné.',
    doneMore: (shop) => `${shop} ne vous enverra plus de suggestions. C’est effectif dès maintenant.`,
    unknown: 'Ce lien n’est pas complet.',
    unknownMore: 'Il a peut-être été coupé. Rouvrez-le depuis le message, ou répondez au message.',
  },
  es: {
    title: 'Darse de baja',
    asks: (shop) => `¿No quiere recibir más sugerencias de ${shop}?`,
    button: 'Darse de baja',
    keeps: 'Seguirá recibiendo las confirmaciones de sus pedidos. No hay nada más que rellenar.',
    done: 'Se ha dado de baja.',
    doneMore: (shop) => `${shop} no le enviará más sugerencias. Tiene efecto desde ahora.`,
    unknown: 'Este enlace no está completo.',
    unknownMore: 'Puede que se haya cortado. Ábralo de nuevo desde el mensaje o responda al mensaje.',
  },
}

/** Of what a browser or a shop asks for, the first that we speak; else English. */
export function pageLanguage(accepted: string): PageLanguage {
  for (const part of accepted.split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase()
    if (language === 'en' || language === 'de' || language === 'fr' || language === 'es') return language
  }
  return 'en'
}

export function unsubscribePage(
  state: 'asks' | 'done' | 'unknown',
  { shop, language }: { readonly shop: string; readonly language: PageLanguage },
): string {
  const say = words[language]
  const parts: Readonly<Record<typeof state, Markup>> = {
    asks: toMarkup(
      html`<h1>${say.asks(shop)}</h1><form method="post"><button>${say.button}</button></form><p>${say.keeps}</p>`,
    ),
    done: toMarkup(html`<h1 role="status">${say.done}</h1><p>${say.doneMore(shop)}</p>`),
    unknown: toMarkup(html`<h1>${say.unknown}</h1><p>${say.unknownMore}</p>`),
  }
  return String(html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${say.title}</title>
<link rel="stylesheet" href="/u/page.css"></head><body><main>${parts[state]}</main></body></html>`)
}

export const unsubscribeStyle = `
:root { color-scheme: light dark; }
body { margin: 0; font: 1.0625rem/1.6 system-ui, sans-serif; background: light-dark(#f4f1ec, #16171a); color: light-dark(#22302a, #f1eee8); }
main { max-width: 30rem; margin: 12vh auto 0; padding: 2rem 1.5rem; background: light-dark(#fff, #202226); border-radius: 12px; }
@media (max-width: 34rem) { main { margin: 0; min-height: 100vh; border-radius: 0; box-sizing: border-box; } }
h1 { margin: 0 0 1.25rem; font: 400 1.5rem/1.35 Georgia, serif; }
p { margin: 1.25rem 0 0; color: light-dark(#57534b, #b9b5ac); }
button { font: inherit; font-weight: 600; padding: .75rem 1.75rem; border: 0; border-radius: 999px; background: #2d5544; color: #fff; cursor: pointer; }
button:focus-visible { outline: 3px solid light-dark(#2d5544, #a9cbb8); outline-offset: 3px; }
`
