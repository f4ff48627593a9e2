// A pairing of the owner's own, for the product that is shown. The add-on is named by its id; ids and titles of what sells
// are proposed while typing. The server checks everything and says what is wrong.

import { type FormEvent, useId, useState } from 'react'
import type { PairingRow } from '../deciding/list-pairings.ts'
import type { AnchorPage } from './answers.ts'
import { send, useLoaded } from './load.ts'
import { type Sending, Trouble } from './trouble.tsx'

type Props = { readonly anchor: string; readonly added: (row: PairingRow) => void }

const PROPOSED = 8

export function AddPairing({ anchor, added }: Props) {
  const [addOn, setAddOn] = useState('')
  const [relation, setRelation] = useState('complete')
  const [need, setNeed] = useState('')
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const [done, setDone] = useState('')
  const field = useId()
  const search = new URLSearchParams({ search: addOn.trim(), limit: String(PROPOSED) })
  const proposed = useLoaded<AnchorPage>(addOn.trim().length < 2 ? null : `/v1/anchors?${search}`, 0)
  const unfit = addOn.trim() === '' || state.kind === 'busy'
  const add = async (): Promise<void> => {
    setState({ kind: 'busy' })
    setDone('')
    const wish = {
      anchor,
      addOn: addOn.trim(),
      relation,
      ...(need.trim() === '' ? {} : { need: need.trim() }),
    }
    const sent = await send<PairingRow>('POST', '/v1/pairings', wish)
    if (sent.kind === 'sign-in') setState({ kind: 'key-needed' })
    else if (sent.kind === 'failed') setState({ kind: 'failed', reason: sent.reason })
    else {
      added(sent.value)
      setState({ kind: 'idle' })
      setDone(`Added: ${sent.value.addOnTitle}.`)
      setAddOn('')
      setNeed('')
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!unfit) void add()
  }
  return (
    <section className="add-pairing" aria-labelledby={`${field}-title`}>
      <h3 id={`${field}-title`}>Add a pairing of your own</h3>
      <p className="soft">
        It says that it is curated, claims no counts, and is offered where orders show nothing that fits. Pin
        it to offer it first.
      </p>
      <form onSubmit={submit} aria-busy={state.kind === 'busy'}>
        <div className="field">
          <label htmlFor={`${field}-add-on`}>Product id of the add-on</label>
          <input
            id={`${field}-add-on`}
            list={`${field}-proposed`}
            autoComplete="off"
            value={addOn}
            onChange={(event) => setAddOn(event.target.value)}
          />
          <datalist id={`${field}-proposed`}>
            {proposed.kind === 'ready' &&
              proposed.value.anchors.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </datalist>
        </div>
        <div className="field">
          <label htmlFor={`${field}-relation`}>Relation</label>
          <select
            id={`${field}-relation`}
            value={relation}
            onChange={(event) => setRelation(event.target.value)}
          >
            <option value="complete">Complete: belongs with it</option>
            <option value="extend">Extend: comes next</option>
          </select>
        </div>
        <div className="field field-wide">
          <label htmlFor={`${field}-need`}>Need sentence, if you have one</label>
          <input
            id={`${field}-need`}
            autoComplete="off"
            placeholder="Keeps your {anchor} clean."
            value={need}
            onChange={(event) => setNeed(event.target.value)}
          />
        </div>
        <button type="submit" className="button" disabled={unfit}>
          Add
        </button>
      </form>
      <Trouble of={state} again={() => void add()} />
      <p className="small" role="status">
        {done}
      </p>
    </section>
  )
}
