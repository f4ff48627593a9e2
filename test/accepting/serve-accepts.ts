// A server process of its own, for tests of several. In, as argument: the data folder and the local bank's port as JSON; its
// settings are those of the folder, its database DATABASE_URL. Out: its address, one line. It ends with its standard input.

import { openInstallation } from '../../src/cli/installation.ts'
import { startServer } from '../../src/cli/start-server.ts'
import { type Peers, stripeAt } from './outside-world.ts'

const { data, peers }: { readonly data: string; readonly peers: Peers } = JSON.parse(process.argv[2] ?? '')
const options = {
  port: 0,
  host: '127.0.0.1',
  openReading: false,
  parts: { oneClick: { providers: [stripeAt(peers)] } },
}
const server = await startServer(await openInstallation({ data }), options)
process.stdout.write(`${server.url}\n`)
process.stdin.resume().once('end', async () => {
  await server.close()
  process.exit(0)
})
