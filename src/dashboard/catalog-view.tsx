// What in the catalog keeps offers from being good: by kind, the most sold products first, each with what to do.

import { useState } from 'react'
import type { CatalogProblem } from '../importing/check-catalog.ts'
import { useLoaded } from './load.ts'
import { Failure, Loading } from './messages.tsx'
import { productLink, useTitle } from './route.ts'
import { count, undirected } from './words.ts'

const SHOWN = 5

export function CatalogView({ attempt, again }: { readonly attempt: number; readonly again: () => void }) {
  useTitle('Catalog')
  const loaded = useLoaded<readonly CatalogProblem[]>('/v1/catalog-problems', attempt)
  return (
    <section aria-labelledby="catalog-title">
      <div className="title-row">
        <h1 id="catalog-title">Catalog</h1>
      </div>
      <p className="lead">
        What keeps offers from being good, and what to do about it. Nothing is changed here.
      </p>
      {loaded.kind === 'loading' && <Loading what="the catalog" />}
      {loaded.kind === 'failed' && <Failure reason={loaded.reason} again={again} />}
      {loaded.kind === 'ready' && loaded.value.length === 0 && (
        <p className="message">Nothing to mend: every product has what an offer needs.</p>
      )}
      {loaded.kind === 'ready' && (
        <div className="problems">
          {[...Map.groupBy(loaded.value, ({ problem }) => problem)].map(([problem, rows]) => (
            <Problem key={problem} rows={rows} />
          ))}
        </div>
      )}
    </section>
  )
}

function Problem({ rows }: { readonly rows: readonly CatalogProblem[] }) {
  const [all, setAll] = useState(false)
  const [first] = rows
  if (first === undefined) return null
  const named = rows.filter(({ product }) => product !== null)
  const shown = all ? named : named.slice(0, SHOWN)
  return (
    <article className="problem">
      <h2>
        {first.title} <span className="soft">{count(named.length || first.products)}</span>
      </h2>
      <p className="fix">{first.fix}</p>
      <ul>
        {shown.map(({ product, productTitle, detail }) => (
          <li key={product}>
            <a href={productLink(product ?? '')}>{productTitle ?? product}</a>{' '}
            <span className="soft small">{product}</span>
            <span className="soft"> – {undirected(detail)}</span>
          </li>
        ))}
      </ul>
      {shown.length < named.length && (
        <button type="button" className="action" onClick={() => setAll(true)}>
          Show all {count(named.length)}
        </button>
      )}
      {rows.map(
        ({ product, detail }) =>
          product === null && (
            <p key={detail} className="soft rest">
              {undirected(capital(detail))}.
            </p>
          ),
      )}
    </article>
  )
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
