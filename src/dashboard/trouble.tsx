// How sending a change stands, and what is shown when it did not go through: why, or a form that asks for the key and
// then sends again.

import { KeyForm } from './key-form.tsx'
import { keepKey } from './load.ts'

export type Sending =
  | { readonly kind: 'idle' | 'busy' | 'key-needed' }
  | { readonly kind: 'failed'; readonly reason: string }

/** `again` sends what stands in the form by then. */
export function Trouble({ of, again }: { readonly of: Sending; readonly again: () => void }) {
  if (of.kind === 'failed') {
    return (
      <p className="wrong small" role="alert">
        {of.reason}
      </p>
    )
  }
  if (of.kind !== 'key-needed') return null
  return (
    <KeyForm
      enter={(key) => {
        keepKey(key)
        again()
      }}
    />
  )
}
