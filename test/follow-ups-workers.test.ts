// Several worker processes send from one store, on both engines: each message goes out once.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openFaultyMailServer } from './channels/faulty-mail-server.ts'
import { openFollowUpDesk } from './follow-up-desk.ts'
import { marketingAtOnce, orderOf, startMs } from './follow-up-world.ts'
import type { Task } from './following-up/send-until-killed.ts'
import { startPostgres } from './postgres/start-postgres.ts'

const WORKERS = 2
const ORDERS = 120
const script = fileURLToPath(new URL('./following-up/send-until-killed.ts', import.meta.url))
const settings = { ...marketingAtOnce, messaging: { ...marketingAtOnce.messaging, confirmations: true } }

const postgres = await startPostgres()
after(() => postgres.stop())

for (const { engine, more } of [
  { engine: 'SQLite', more: {} },
  { engine: 'PostgreSQL', more: { databaseUrl: await postgres.freshUrl() } },
] as const) {
  test(`${engine}: several worker processes send each message once`, async (t) => {
    const server = await openFaultyMailServer(() => 'none')
    t.after(() => server.close())
    const desk = await openFollowUpDesk({ settings, ...more })
    t.after(() => desk.close())
    const { store } = desk.effects
    const ids = Array.from({ length: ORDERS }, (_, at) => `o-${at}`)
    await Promise.all(
      ids.map((id) =>
        desk.receive(orderOf(['machine'], { id, customerId: null }), { address: `${id}@mail.example` }),
      ),
    )
    // A clock as fast as ours: no lease runs out here.
    const clock = { atMs: startMs, sinceMs: Date.now(), speed: 1 }
    const task: Task = {
      ...{ data: desk.folder, mailUrl: server.url, deadlineMs: 45_000, settings, clock, dieAt: null },
    }
    const workers = Array.from({ length: WORKERS }, () =>
      spawn(process.execPath, [script, JSON.stringify(task)], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          NODE_COMPILE_CACHE: join(desk.folder, 'compiled'),
          ...process.env,
          DATABASE_URL: 'databaseUrl' in more ? more.databaseUrl : '',
        },
      }),
    )
    while ((await store.nextMessageDue()) !== null) await sleep(50)
    for (const worker of workers) {
      assert.equal(worker.exitCode, null, 'it is still at work')
      worker.kill('SIGKILL')
      await once(worker, 'close')
    }
    const rows = (await Promise.all(ids.map((id) => store.messagesOfOrder(id)))).flat()
    assert.deepEqual([...new Set(rows.map(({ state }) => state))], ['sent'])
    assert.deepEqual([...server.takenIds].sort(), rows.map(({ id }) => id).sort())
  })
}
