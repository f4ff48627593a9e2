// Puts down an experiment on a pairing or on a need sentence, half and half. Other kinds are put down by the API or the command
// line. The server checks everything and says what is wrong.

import { type FormEvent, useId, useState } from 'react'
import type { AnchorPage } from './answers.ts'
import { send, useLoaded } from './load.ts'
import { type Sending, Trouble } from './trouble.tsx'

export type Proposal = { readonly anchor: string; readonly addOn: string; readonly title?: string }

type Props = {
  readonly proposal: Proposal
  readonly created: () => void
  readonly cancel: () => void
}

export function ExperimentForm({ proposal, created, cancel }: Props) {
  const [kind, setKind] = useState<'pairing' | 'need'>('pairing')
  const [name, setName] = useState(proposal.title ?? '')
  const [hypothesis, setHypothesis] = useState('')
  const [anchor, setAnchor] = useState(proposal.anchor)
  const [addOn, setAddOn] = useState(proposal.addOn)
  const [sentence, setSentence] = useState('')
  const [state, setState] = useState<Sending>({ kind: 'idle' })
  const field = useId()
  const unfit = [name, hypothesis, anchor, addOn, ...(kind === 'need' ? [sentence] : [])].some(
    (text) => text.trim() === '',
  )
  const create = async (): Promise<void> => {
    setState({ kind: 'busy' })
    const spot = { anchor: anchor.trim(), addOn: addOn.trim() }
    const change = kind === 'pairing' ? { kind, ...spot } : { kind, ...spot, sentence }
    const sent = await send<unknown>('POST', '/v1/experiments', {
      id: idOf(name),
      name,
      hypothesis,
      variations: [
        { id: 'control', name: 'As it is', share: 0.5, change: { kind: 'nothing' } },
        { id: 'tried', name, share: 0.5, change },
      ],
    })
    if (sent.kind === 'sign-in') setState({ kind: 'key-needed' })
    else if (sent.kind === 'failed') setState({ kind: 'failed', reason: sent.reason })
    else created()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!unfit && state.kind !== 'busy') void create()
  }
  return (
    <section className="add-pairing problem" aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>New experiment</h2>
      <form onSubmit={submit} aria-busy={state.kind === 'busy'}>
        <div className="field">
          <label htmlFor={`${field}-kind`}>What is tried</label>
          <select
            id={`${field}-kind`}
            value={kind}
            onChange={(event) => setKind(event.target.value === 'need' ? 'need' : 'pairing')}
          >
            <option value="pairing">Another product first</option>
            <option value="need">Another sentence</option>
          </select>
        </div>
        <Field label="Name" value={name} change={setName} />
        <ProductField label="Bought (product id)" value={anchor} change={setAnchor} />
        <ProductField label="Offered with it (product id)" value={addOn} change={setAddOn} />
        {kind === 'need' && (
          <Field
            label="Sentence; {anchor} and {addOn} are filled in"
            value={sentence}
            change={setSentence}
            wide
          />
        )}
        <Field label="What do you believe, and why?" value={hypothesis} change={setHypothesis} wide />
        <div className="form-row field-wide">
          <button type="submit" className="button" disabled={unfit}>
            Save as a draft
          </button>
          <button type="button" className="button button-plain" onClick={cancel}>
            Cancel
          </button>
        </div>
      </form>
      <Trouble of={state} again={() => void create()} />
    </section>
  )
}

type FieldProps = {
  readonly label: string
  readonly value: string
  readonly change: (text: string) => void
  readonly wide?: boolean
  readonly list?: string
}

function Field({ label, value, change, wide = false, list }: FieldProps) {
  const field = useId()
  return (
    <div className={wide ? 'field field-wide' : 'field'}>
      <label htmlFor={field}>{label}</label>
      <input
        id={field}
        list={list}
        autoComplete="off"
        value={value}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  )
}

function ProductField(props: FieldProps) {
  const list = useId()
  const typed = props.value.trim()
  const search = new URLSearchParams({ search: typed, limit: '8' })
  const proposed = useLoaded<AnchorPage>(typed.length < 2 ? null : `/v1/anchors?${search}`, 0)
  return (
    <div>
      <Field {...props} list={list} />
      <datalist id={list}>
        {proposed.kind === 'ready' &&
          proposed.value.anchors.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
      </datalist>
    </div>
  )
}

/** Of the letters and digits of the name; with the time, so that a name may come again. */
function idOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${plain.slice(0, 45) || 'experiment'}-${Date.now().toString(36)}`
}
