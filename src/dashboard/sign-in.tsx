// Asks for the API key where the server wants one. It is kept for this tab only.

import { type FormEvent, useState } from 'react'

export function SignIn({ tried, enter }: { readonly tried: boolean; readonly enter: (key: string) => void }) {
  const [key, setKey] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() !== '') enter(key)
  }
  return (
    <form className="message" onSubmit={submit}>
      <h1>Sign in</h1>
      <p>
        This page shows your shop’s figures, so it needs an API key. <code>aftercart key</code> makes one.
      </p>
      {tried && (
        <p className="wrong" role="alert">
          The server does not know this key.
        </p>
      )}
      <label htmlFor="api-key">API key</label>
      <input
        id="api-key"
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <button type="submit" className="button">
        Sign in
      </button>
      <p className="soft small">The key stays in this tab and is forgotten when you close it.</p>
    </form>
  )
}
