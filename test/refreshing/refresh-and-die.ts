// A process that runs the nightly refresh and kills itself with SIGKILL at a named effect on the store. In, as arguments: the data
// folder, the time, and where: `before replaceArms` (the plan is published, nothing else is), `before saveRefresh` (all is done
// but told) or `never`.

import { openInstallation } from '../../src/cli/installation.ts'
import { refreshInstallation } from '../../src/cli/refresh-installation.ts'

const [data = '', nowMs = '0', dieAt = 'never'] = process.argv.slice(2)
const opened = await openInstallation({ data, apart: true })
const { store } = opened

const mortal = <Words extends readonly unknown[], Answer>(
  name: string,
  act: (...words: Words) => Promise<Answer>,
) => {
  return (...words: Words): Promise<Answer> => {
    if (dieAt === `before ${name}`) process.kill(process.pid, 'SIGKILL')
    return act(...words)
  }
}

await refreshInstallation({
  ...opened,
  clock: { nowMs: () => Number(nowMs) },
  store: {
    ...store,
    replaceArms: mortal('replaceArms', store.replaceArms),
    saveRefresh: mortal('saveRefresh', store.saveRefresh),
  },
})
await opened.close()
