// Asks for an API key where something is to be changed and the server wants one.

import { useId, useState } from 'react'

export function KeyForm({ enter }: { readonly enter: (key: string) => void }) {
  const [key, setKey] = useState('')
  const field = useId()
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (key.trim() !== '') enter(key)
      }}
    >
      <label htmlFor={field} className="wrong" role="alert">
        Changing pairings needs an API key that the server knows.
      </label>
      <div className="form-row">
        <input
          id={field}
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <button type="submit" className="button">
          Go on
        </button>
      </div>
      <p className="soft small">
        The demo prints one when it starts; anywhere else <code>aftercart key</code> makes one.
      </p>
    </form>
  )
}
