// The mailbox of the example: every message that Aftercart really handed over, as its reader would find it. Nothing leaves
// the machine.

import { html } from 'hono/html'
import { type EmailLook, frameScript, lookChips, messageFrame } from './mail-pages.ts'
import { type Markup, pageLayout, type View } from './page-layout.ts'

export type Mail = {
  readonly id: string
  readonly to: { readonly name: string | null; readonly address: string }
  readonly moment: { readonly orderId: string; readonly atMs: number }
  readonly content:
    | {
        readonly kind: 'email'
        readonly subject: string
        readonly html: string
        readonly text: string
        readonly unsubscribeUrl: string | null
      }
    | { readonly kind: 'text'; readonly body: string }
}

export function mailboxPage(view: View, mails: readonly Mail[]): Markup {
  const rows = mails.map(
    (mail) =>
      html`<li><a class="mailbox-row" href="${mailPath(view, mail.id)}"><span class="mailbox-words"><strong>${subjectOf(mail)}</strong><span class="mailbox-opening soft small">${openingOf(mail)}</span></span><time class="mailbox-day soft small" datetime="${new Date(mail.moment.atMs).toISOString()}">${day.format(mail.moment.atMs)}</time></a></li>`,
  )
  const none = html`<p>Nothing yet. Place an order: its confirmation arrives within seconds. With the box at the checkout ticked, follow-ups come when their day does; the owner’s page can <a href="/#/messages">move the clock on</a>.</p>`
  const main = html`<h1>Mailbox</h1>
<p class="soft lead">What Aftercart sent, newest first. Nothing leaves this machine.</p>
${mails.length === 0 ? none : html`<ul class="mailbox">${rows}</ul><p class="soft">Later messages come when their day does: <a href="/#/messages">move the clock on</a>.</p>`}`
  return pageLayout(view, { title: 'Mailbox', main })
}

export function mailPage(view: View, mail: Mail, look: EmailLook): Markup {
  const path = mailPath(view, mail.id)
  const { content, to } = mail
  const isMail = content.kind === 'email'
  const message =
    look === 'text' || !isMail
      ? html`<pre class="mail-text">${isMail ? content.text : content.body}</pre>`
      : messageFrame(`${path}/message`, content.subject, look)
  const main = html`<nav class="crumbs" aria-label="Where you are"><a href="${view.basePath}/mailbox">Back to the mailbox</a></nav>
<div class="heading-row"><h1>${subjectOf(mail)}</h1>${isMail ? lookChips(path, look) : ''}</div>
<article class="mail"><header class="mail-head"><p class="soft small">From ${view.shopName} to ${to.name ?? ''} &lt;${to.address}&gt;, ${day.format(mail.moment.atMs)}</p>${
    isMail && content.unsubscribeUrl !== null
      ? html`<form class="mail-leave" method="post" action="${content.unsubscribeUrl}"><button class="button button-quiet" type="submit">Unsubscribe</button><span class="soft small">As a mail program shows it beside the sender: one click, no page to fill in.</span></form>`
      : ''
  }</header>${message}</article>
${frameScript(view)}`
  return pageLayout(view, { title: subjectOf(mail), main })
}

function mailPath(view: View, id: string): string {
  return `${view.basePath}/mailbox/${encodeURIComponent(id)}`
}

function subjectOf({ content }: Mail): string {
  return content.kind === 'email' ? content.subject : content.body
}

function openingOf({ content, to }: Mail): string {
  const text = content.kind === 'email' ? content.text : to.address
  return text.replace(/\s+/g, ' ').slice(0, 110)
}

const day = new Intl.DateTimeFormat('en-GB', {
  ...({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const),
  timeZone: 'UTC',
})
