// A test of one add-on against what stands first today: the draft of an experiment, and the button and command that put it down.
// Comes in: the anchor, the add-on that may be better, and why. Whenever it is asked, the same question is an experiment of the
// same id, so a second click or command, also of the report of another day, makes no second one.

import { EXPERIMENT_ID_MAX, HYPOTHESIS_MAX } from '../../domain/check-experiment.ts'
import type { Experiment } from '../../domain/experiment.ts'
import { murmur3 } from '../../stats/unit-share.ts'
import type { AdviceButton } from './advice.ts'
import { shellWord } from './say-figures.ts'

type Named = { readonly id: string; readonly title: string }
export type TestOfPairings = {
  readonly anchor: Named
  readonly first: Named
  readonly better: Named
  readonly because: string
}

const TITLE_SHOWN = 40

export function testButton({ anchor, first, better, because }: TestOfPairings): AdviceButton {
  const [shownAnchor, shownFirst, shownBetter] = [anchor, first, better].map(shown)
  const hypothesis = `${shownBetter} earns more than ${shownFirst} where ${shownAnchor} was bought: ${plain(because)}`
  const body = testDraft(anchor, better, hypothesis)
  return { label: `Prepare a test of ${shownBetter}`, method: 'POST', path: '/v1/experiments', body }
}

/** The same in a terminal. */
export function testCommand(anchor: string, better: string): string {
  return `aftercart experiments test ${shellWord(anchor)} ${shellWord(better)}`
}

export function testDraft(
  anchor: Named,
  better: Named,
  hypothesis = `${shown(better)} earns more than what stands first today where ${shown(anchor)} was bought.`,
): Pick<Experiment, 'id' | 'name' | 'hypothesis' | 'variations'> {
  return {
    id: idOf(anchor.id, better.id),
    name: `${shown(better)} first with ${shown(anchor)}`,
    hypothesis: cut(hypothesis),
    variations: [
      { id: 'control', name: 'As it is', share: 0.5, change: { kind: 'nothing' } },
      {
        ...{ id: 'tried', name: `${shown(better)} first`, share: 0.5 },
        change: { kind: 'pairing', anchor: anchor.id, addOn: better.id },
      },
    ],
  }
}

function shown({ title }: Named): string {
  const characters = [...plain(title)]
  return characters.length > TITLE_SHOWN
    ? `${characters.slice(0, TITLE_SHOWN - 1).join('')}…`
    : characters.join('')
}

/** At the length that a hypothesis may have; half of a character that the cut left goes, too. */
function cut(text: string): string {
  return text.slice(0, HYPOTHESIS_MAX).replace(/\p{Surrogate}$/u, '')
}

function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

/** Products have ids of any letters, an experiment has not: the letters that it may have, and a hash of both. */
function idOf(anchor: string, better: string): string {
  const bytes = new TextEncoder().encode(JSON.stringify([anchor, better]))
  const end = murmur3(bytes, 0).toString(36)
  const start = better
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, EXPERIMENT_ID_MAX - end.length - 6)
    .replace(/-$/, '')
  return `test-${start === '' ? '' : `${start}-`}${end}`
}
