// Two experiments that run at once may share customers, since each draws them by a salt of its own, but not the thing that
// they change: whoever is in both would see one of the two changes, and both would count it. Comes in: one that wants to
// run and those that do. Goes out: the first that is in its way, or `null`. Nothing can go wrong.

import type { Experiment, VariationChange } from './experiment.ts'

type Changing = Pick<Experiment, 'id' | 'variations'>

export function experimentInTheWay<Other extends Changing>(
  wanted: Changing,
  running: readonly Other[],
): Other | null {
  const changes = wanted.variations.map(({ change }) => change)
  const isInTheWay = ({ id, variations }: Other) =>
    id !== wanted.id && variations.some(({ change }) => changes.some((mine) => touch(mine, change)))
  return running.find(isInTheWay) ?? null
}

/** Whether both change what one customer sees at one spot. */
function touch(one: VariationChange, other: VariationChange): boolean {
  if (one.kind === 'pairing' || one.kind === 'need') {
    if (other.kind !== 'pairing' && other.kind !== 'need') return false
    if (one.anchor === null || other.anchor === null) return one.addOn === other.addOn
    return one.anchor === other.anchor
  }
  if (one.kind === 'discount')
    return (
      other.kind === 'discount' && (one.addOn === null || other.addOn === null || one.addOn === other.addOn)
    )
  if (one.kind === 'placement-off') return other.kind === one.kind && one.placement === other.placement
  return one.kind === 'timing' && other.kind === one.kind && one.flow === other.flow
}
