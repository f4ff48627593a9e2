// The products that have pairings, most sold first, with a search over them.

import { useEffect, useState } from 'react'
import type { AnchorPage } from './answers.ts'
import { useLoaded } from './load.ts'
import { Failure } from './messages.tsx'
import { productLink } from './route.ts'
import { countOf } from './words.ts'

const PAGE = 40
/** Long enough to type on, short enough to feel at once. */
const TYPING_MS = 180

type Props = { readonly chosen: string | null; readonly attempt: number; readonly again: () => void }

export function AnchorList({ chosen, attempt, again }: Props) {
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(PAGE)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(typed.trim())
      setLimit(PAGE)
    }, TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const query = new URLSearchParams({ search, limit: String(Math.min(limit, 200)) })
  const loaded = useLoaded<AnchorPage>(`/v1/anchors?${query}`, attempt)
  const [shown, setShown] = useState<AnchorPage | null>(null)
  useEffect(() => {
    if (loaded.kind === 'ready') setShown(loaded.value)
  }, [loaded])

  return (
    <section className="anchors" aria-labelledby="anchors-title">
      <h2 id="anchors-title" className="unseen">
        Products
      </h2>
      <label htmlFor="anchor-search" className="unseen">
        Search products
      </label>
      <input
        id="anchor-search"
        type="search"
        placeholder="Search products"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="soft small" role="status">
        {shown === null ? 'Loading …' : foundText(shown.total, search)}
      </p>
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      <ul className="anchor-rows">
        {shown?.anchors.map(({ id, title, orders, pairings, refused }) => (
          <li key={id}>
            <a href={productLink(id)} aria-current={id === chosen ? 'true' : undefined}>
              <span className="anchor-title">{title}</span>
              <span className="soft small">
                {countOf(orders, 'order')} · {countOf(pairings, 'pairing')}
                {refused > 0 ? ` · ${refused} refused` : ''}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {shown !== null && shown.anchors.length < shown.total && limit < 200 && (
        <button type="button" className="button button-quiet" onClick={() => setLimit(limit + PAGE)}>
          Show more
        </button>
      )}
      {shown !== null && shown.anchors.length < shown.total && limit >= 200 && (
        <p className="soft small">Search to find the others.</p>
      )}
    </section>
  )
}

function foundText(total: number, search: string): string {
  if (total === 0) return search === '' ? 'No product has pairings yet.' : `Nothing matches “${search}”.`
  const what = countOf(total, 'product')
  return search === '' ? `${what}, most sold first` : `${what} found`
}
