// What a shop system passes on of a person's rights is done before it is answered: handed out into a file for the owner, or
// erased. False for what is forged.

import { erasePerson, exportPerson } from '../following-up/erase-person.ts'
import type { PrivacyReading } from '../ports/privacy-requests.ts'
import type { HttpEffects } from './effects.ts'
import { personOf } from './person-of.ts'

export async function hearPrivacyRequest(reading: PrivacyReading, effects: HttpEffects): Promise<boolean> {
  const { followingUp, erasures, keepHandout, log } = effects
  if (reading.kind === 'forged') return false
  if (reading.kind === 'whole-shop')
    log.error({}, 'the shop system asks to forget the whole shop: stop Aftercart and delete its data folder')
  if (reading.kind !== 'request') return true
  const { eventId, wants, names } = reading.request
  const person = personOf(names, effects)
  if (wants === 'erasure') await erasePerson(person, { ...followingUp, erasures })
  else {
    const path = await keepHandout(eventId, await exportPerson(person, followingUp))
    // The law gives a month: it must be seen in a log that tells of failures only.
    log.error({ path }, 'a person asks for their data: hand this file on, then delete it')
  }
  return true
}
