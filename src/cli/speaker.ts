// Who speaks when a command says an owner's word: the user of this machine.

import { userInfo } from 'node:os'
import type { Speaker } from '../deciding/direct-pairing.ts'

export function localSpeaker(source: 'cli' | 'file'): Speaker {
  try {
    return { source, saidBy: userInfo().username }
  } catch {
    // In a container the number of the user may have no name.
    return { source, saidBy: 'unknown' }
  }
}
