// Writes the need sentence of a pairing: plain text of at most 160 characters. The server checks it and says what is
// wrong; Escape leaves everything as it was.

import { useEffect, useId, useRef, useState } from 'react'
import type { PairingRow } from '../deciding/list-pairings.ts'

const LENGTH_MAX = 160

type Props = {
  readonly row: PairingRow
  readonly busy: boolean
  /** `null` takes the owner's sentence back. */
  readonly save: (need: string | null) => void
  readonly cancel: () => void
}

export function NeedForm({ row, busy, save, cancel }: Props) {
  const [text, setText] = useState(row.need)
  const area = useRef<HTMLTextAreaElement>(null)
  const field = useId()
  useEffect(() => area.current?.focus(), [])
  const left = LENGTH_MAX - [...text].length
  const unfit = text.trim() === '' || left < 0
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!unfit && !busy) save(text)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') cancel()
      }}
    >
      <label htmlFor={field}>Which need does it answer?</label>
      <textarea
        ref={area}
        id={field}
        rows={2}
        value={text}
        aria-describedby={`${field}-hint`}
        aria-invalid={left < 0}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={`${field}-hint`} className={left < 0 ? 'wrong small' : 'soft small'}>
        {left < 0 ? `${-left} characters too long.` : `${left} characters left.`} {'{anchor}'} and {'{addOn}'}{' '}
        are filled in.
      </p>
      <div className="form-row">
        <button type="submit" className="button" disabled={unfit} aria-disabled={busy}>
          Save
        </button>
        {row.needBy === 'owner' && (
          <button type="button" className="button button-plain" onClick={() => !busy && save(null)}>
            Back to the plan’s
          </button>
        )}
        <button type="button" className="button button-plain" onClick={cancel}>
          Cancel
        </button>
      </div>
    </form>
  )
}
