// What stands for an arm in a map.

import type { ArmPlace } from '../domain/arm.ts'

export function armKey({ placement, anchor, addOn }: ArmPlace): string {
  return JSON.stringify([placement, anchor, addOn])
}
