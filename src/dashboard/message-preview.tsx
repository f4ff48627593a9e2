// How a message would read if it went out now: subject, the text after it in a mailbox, and the mail itself in a frame of
// its own, as wide as a desktop or a phone shows it.

import { useEffect, useState } from 'react'
import { send } from './load.ts'
import type { MessageRow } from './message-row.ts'
import { Loading } from './messages.tsx'
import { languageNames } from './words.ts'

type Preview = {
  readonly subject: string | null
  readonly text: string
  /** Of the page that shows the mail, for some minutes; `null` for an SMS. */
  readonly path: string | null
  /** Settings that examples stand for. */
  readonly missing: readonly string[]
}

const looks = ['desktop', 'phone', 'text'] as const
const lookNames = { desktop: 'Desktop', phone: 'Phone', text: 'Plain text' } as const

export function MessagePreview({ row }: { readonly row: MessageRow }) {
  const [look, setLook] = useState<(typeof looks)[number]>('desktop')
  const [locale, setLocale] = useState('')
  const [preview, setPreview] = useState<Preview | string | null>(null)
  useEffect(() => {
    let isGone = false
    setPreview(null)
    const asked = { orderId: row.orderId, flow: row.flow, ...(locale === '' ? {} : { locale }) }
    void send<Preview>('POST', '/v1/previews', asked).then((sent) => {
      if (isGone) return
      if (sent.kind === 'ready') setPreview(sent.value)
      else
        setPreview(sent.kind === 'failed' ? sent.reason : 'A preview needs your API key: reload and sign in.')
    })
    return () => {
      isGone = true
    }
  }, [row.orderId, row.flow, locale])
  if (preview === null) return <Loading what="the preview" />
  if (typeof preview === 'string') return <p className="soft">{preview}</p>
  return (
    <div className="preview">
      <div className="actions">
        <fieldset>
          <legend className="unseen">Show as</legend>
          {looks.map((name) => (
            <button
              key={name}
              type="button"
              className="action"
              aria-pressed={look === name}
              onClick={() => setLook(name)}
            >
              {lookNames[name]}
            </button>
          ))}
          <select
            className="action"
            aria-label="Language"
            value={locale}
            onChange={(event) => setLocale(event.target.value)}
          >
            <option value="">The customer’s language</option>
            {Object.entries(languageNames).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </fieldset>
      </div>
      {preview.missing.length > 0 && (
        <p className="soft small">
          Examples stand for what <code>messaging</code> in settings.json does not say yet:{' '}
          {preview.missing.join(', ')}.
        </p>
      )}
      {preview.subject !== null && (
        <p>
          <span className="soft">Subject</span> <strong>{preview.subject}</strong>
        </p>
      )}
      {look === 'text' || preview.path === null ? (
        <pre className="commands preview-text">{preview.text}</pre>
      ) : (
        <iframe className={`preview-frame is-${look}`} src={preview.path} title="The message" sandbox="" />
      )}
    </div>
  )
}
