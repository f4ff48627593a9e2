// Puts the variation of an experiment that ended in the place of the control. Comes in: the experiment, which variation. Goes out:
// what was done, in a sentence: a pairing is pinned, a need sentence becomes the owner's word; prices, moments and placements
// are set where the shop sets them, and the sentence says where. Or why it cannot be.

import type { Experiment, VariationChange } from '../domain/experiment.ts'
import { adoptVariation as adopt } from '../domain/experiment-steps.ts'
import type { Plan } from '../domain/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExperimentStore } from '../ports/experiment-store.ts'
import type { Store } from '../ports/store.ts'
import { directPairing, type PairingDirection, type Speaker } from './direct-pairing.ts'

export type Adopted =
  | {
      readonly kind: 'adopted'
      readonly experiment: Experiment
      readonly done: string
      /** Of the owner's words that were said; `null` where none were. */
      readonly wordsVersion: number | null
    }
  | { readonly kind: 'refused'; readonly why: string }

type Effects = {
  readonly store: Pick<Store, 'sayOwnerWords'> & Pick<ExperimentStore, 'saveExperiment'>
  readonly plan: Plan
  readonly clock: Clock
}

export async function adoptVariation(
  experiment: Experiment,
  variation: string,
  speaker: Speaker,
  effects: Effects,
): Promise<Adopted> {
  const step = adopt(experiment, variation)
  if (step.kind === 'refused') return step
  const change = experiment.variations.find(({ id }) => id === variation)?.change ?? { kind: 'nothing' }
  let wordsVersion: number | null = null
  // Words first: said twice they are the same, while an adoption without them would be a lie.
  for (const direction of directionsOf(change, effects.plan)) {
    const said = await directPairing(direction, speaker, effects)
    if (said.kind === 'wrong') return { kind: 'refused', why: said.why }
    wordsVersion = said.version
  }
  if (change.kind === 'need' && wordsVersion === null)
    return {
      kind: 'refused',
      why: `no pairing of today brings ${change.addOn}, so its sentence has no place`,
    }
  const saved = await effects.store.saveExperiment(step.experiment)
  if (saved !== 'saved')
    return { kind: 'refused', why: `${experiment.id} was changed meanwhile; look at it again` }
  return { kind: 'adopted', experiment: step.experiment, done: tell(change), wordsVersion }
}

function directionsOf(change: VariationChange, plan: Plan): readonly PairingDirection[] {
  if (change.kind === 'pairing') return [{ anchor: change.anchor, addOn: change.addOn, status: 'pinned' }]
  if (change.kind !== 'need') return []
  const { addOn, sentence: need } = change
  if (change.anchor !== null) return [{ anchor: change.anchor, addOn, need }]
  const anchors = [...plan.pairings].filter(([, pairings]) =>
    pairings.some((pairing) => pairing.addOn === addOn),
  )
  return anchors.map(([anchor]) => ({ anchor, addOn, need }))
}

function tell(change: VariationChange): string {
  switch (change.kind) {
    case 'pairing':
      return `${change.addOn} is pinned: it comes first where ${change.anchor} was bought.`
    case 'need':
      return `“${change.sentence}” is now what is said of ${change.addOn}.`
    case 'discount':
      return `Take ${change.percent} % off ${change.addOn ?? 'add-ons'} in the shop: Aftercart offers at the price that the shop quotes.`
    case 'timing':
      return `In settings.json, under "messaging", "flows", "${change.flow}", move "fromDay" and "toDay" by ${change.days} days.`
    case 'placement-off':
      return placementWords[change.placement]
    default:
      return 'Nothing has to be changed.'
  }
}

const placementWords = {
  'thank-you': 'Take the widget off the thank-you page of the shop.',
  'confirmation-email': "Take Aftercart's block out of the confirmation e-mail.",
  'follow-up': 'Turn the flows off, on the page Follow-ups or with PATCH /v1/flows/{name}.',
} as const
