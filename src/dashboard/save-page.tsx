// Keeps the report as a file that opens and prints without this server.

import { useState } from 'react'
import { fetchText } from './load.ts'

export function SavePage() {
  const [failed, setFailed] = useState(false)
  const save = async () => {
    const text = await fetchText('/v1/reports/page')
    setFailed(text === null)
    if (text === null) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/html' }))
    link.download = 'aftercart-report.html'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <>
      <button type="button" className="action" onClick={() => void save()}>
        Save as a page
      </button>
      {failed && (
        <span className="wrong" role="alert">
          {' '}
          It could not be made.
        </span>
      )}
    </>
  )
}
