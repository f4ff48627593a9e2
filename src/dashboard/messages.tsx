// What is shown while there is nothing else to show: loading, a failure, no plan yet.

export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="waiting" role="status">
      Loading {what} …
    </p>
  )
}

export function Failure({ reason, again }: { readonly reason: string; readonly again: () => void }) {
  return (
    <div className="message" role="alert">
      <h2>This could not be loaded</h2>
      <p>{reason}</p>
      <button type="button" className="button" onClick={again}>
        Try again
      </button>
    </div>
  )
}

export function NoPlan({ again }: { readonly again: () => void }) {
  return (
    <div className="message">
      <h1>No plan yet</h1>
      <p>Aftercart learns from your orders. Two commands make the first plan:</p>
      <pre className="commands">
        <code>{'aftercart import orders.csv\naftercart mine'}</code>
      </pre>
      <p>The server picks the plan up by itself, within a few seconds.</p>
      <button type="button" className="button" onClick={again}>
        Look again
      </button>
    </div>
  )
}
