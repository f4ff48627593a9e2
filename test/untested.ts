// Settings of a shop that tests nothing: nobody is held out, and the best of the ranking always comes first. For tests of
// everything else, which would see one customer in five without an offer.

import { defaultSettings, type Settings } from '../src/domain/settings.ts'

export function untested(settings: Settings = defaultSettings): Settings {
  return { ...settings, measuring: { ...settings.measuring, holdOutShare: 0, choice: 'off' } }
}
