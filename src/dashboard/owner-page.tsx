// The owner's page: which products have pairings, and for one of them its neighbourhood and the evidence. The chosen
// product stands in the address (#/product/22697), so that it can be sent to somebody.

import { type FormEvent, useEffect, useState } from 'react'
import { type Anchor, type Answer, askApi, type Overview, type Pairing, rememberKey } from './ask-api.ts'
import { Neighbourhood } from './neighbourhood.tsx'
import { PairingTable } from './pairing-table.tsx'

type AnchorPage = { readonly total: number; readonly anchors: readonly Anchor[] }

const PAGE = 60

function chosenFromAddress(): string | null {
  const id = /^#\/product\/(.+)$/.exec(location.hash)?.[1]
  return id === undefined ? null : decodeURIComponent(id)
}

function useAnswer<T>(path: string | null, again: number): Answer<T> | null {
  const [answer, setAnswer] = useState<Answer<T> | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks anew after signing in
  useEffect(() => {
    let current = true
    setAnswer(null)
    if (path !== null) {
      void askApi<T>(path).then((found) => {
        if (current) setAnswer(found)
      })
    }
    return () => {
      current = false
    }
  }, [path, again])
  return answer
}

export function OwnerPage() {
  const [again, setAgain] = useState(0)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(chosenFromAddress)
  useEffect(() => {
    const follow = () => setChosen(chosenFromAddress())
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const overview = useAnswer<Overview>('/v1/overview', again)
  const anchors = useAnswer<AnchorPage>(
    `/v1/anchors?limit=${PAGE}&search=${encodeURIComponent(search)}`,
    again,
  )
  const list = anchors?.kind === 'answered' ? anchors.value : null
  const id = chosen ?? list?.anchors[0]?.id ?? null
  const pairings = useAnswer<Pairing[]>(
    id === null ? null : `/v1/pairings?limit=200&anchor=${encodeURIComponent(id)}`,
    again,
  )
  if (overview?.kind === 'sign-in') return <SignIn done={() => setAgain(again + 1)} />
  if (overview?.kind === 'failed') return <p className="notice">{overview.why}</p>
  const plan = overview?.value.plan
  return (
    <>
      <Head overview={overview?.kind === 'answered' ? overview.value : null} />
      {plan === null ? (
        <p className="notice">
          Nothing has been mined yet. Run <code>aftercart import your-orders.csv</code>, then{' '}
          <code>aftercart mine</code>; this page takes it up by itself.
        </p>
      ) : (
        <main className="columns">
          <AnchorList list={list} search={search} setSearch={setSearch} chosen={id} />
          <Product id={id} known={list?.anchors.find((one) => one.id === id)} pairings={pairings} />
        </main>
      )}
    </>
  )
}

function Head({ overview }: { readonly overview: Overview | null }) {
  const plan = overview?.plan
  const count = (value: number) => value.toLocaleString('en')
  const date = (atMs: number) => new Date(atMs).toISOString().slice(0, 10)
  return (
    <header className="head">
      <h1>Aftercart</h1>
      {plan && (
        <dl className="facts">
          {[
            ['orders', count(plan.summary.orders)],
            ['period', `${date(plan.summary.historyFromAtMs)} to ${date(plan.summary.historyToAtMs)}`],
            ['complete', count(plan.summary.pairings.complete)],
            ['refill', count(plan.summary.pairings.refill)],
            ['extend', count(plan.summary.pairings.extend)],
            ['plan', `${plan.version}, ${date(plan.publishedAtMs)}`],
          ].map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </header>
  )
}

type ListProps = {
  readonly list: AnchorPage | null
  readonly search: string
  readonly setSearch: (text: string) => void
  readonly chosen: string | null
}

function AnchorList({ list, search, setSearch, chosen }: ListProps) {
  return (
    <nav className="anchors" aria-label="Products with pairings">
      <label>
        Search products
        <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
      </label>
      <p className="soft">
        {list === null
          ? 'Looking…'
          : list.total === 0
            ? 'No product fits.'
            : `${list.total.toLocaleString('en')} products`}
      </p>
      <ul>
        {list?.anchors.map((anchor) => (
          <li key={anchor.id}>
            <a href={`#/product/${encodeURIComponent(anchor.id)}`} aria-current={anchor.id === chosen}>
              <span>{anchor.title}</span>
              <small>
                {anchor.orders.toLocaleString('en')} orders · {anchor.pairings} pairings
              </small>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

type ProductProps = {
  readonly id: string | null
  readonly known: Anchor | undefined
  readonly pairings: Answer<Pairing[]> | null
}

function Product({ id, known, pairings }: ProductProps) {
  if (id === null) return <p className="notice">Choose a product to see what goes with it.</p>
  if (pairings === null) return <p className="notice">Looking…</p>
  if (pairings.kind !== 'answered') return <p className="notice">The pairings could not be read.</p>
  const title = known?.title ?? id
  return (
    <section className="product">
      <h2>{title}</h2>
      <p className="soft">
        {id}
        {known?.category ? ` · ${known.category}` : ''}
        {known ? ` · ${known.orders.toLocaleString('en')} orders` : ''}
      </p>
      {pairings.value.length === 0 ? (
        <p className="notice">Nothing was bought with it often enough to tell.</p>
      ) : (
        <>
          <Neighbourhood title={title} pairings={pairings.value} />
          <PairingTable pairings={pairings.value} />
        </>
      )}
    </section>
  )
}

function SignIn({ done }: { readonly done: () => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    rememberKey(String(new FormData(event.currentTarget).get('key') ?? '').trim())
    done()
  }
  return (
    <form className="sign-in" onSubmit={submit}>
      <h1>Aftercart</h1>
      <label>
        API key
        <input name="key" type="password" autoComplete="off" required />
      </label>
      <button type="submit">Open</button>
      <p className="soft">
        <code>aftercart key</code> makes a new one.
      </p>
    </form>
  )
}
