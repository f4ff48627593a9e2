// How many decisions does the API answer? POST /v1/decisions with the order in the body, order and decision durable on
// SQLite, over 16 kept-alive connections on 127.0.0.1, against a bare node:http server that reads the same body and
// answers as many bytes. The servers run in a thread of their own, so that the client does not steal their turns.
// `--requests n` (default 8000), `--anchors n` (default 50000). Prints rates, p50, p99 and the ratio.

import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createAdaptorServer } from '@hono/node-server'
import { systemClock } from '../src/adapters/clock/system-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { heldPlan } from '../test/held-plan.ts'
import { largePlan } from './large-plan.ts'
import { percentile } from './percentile.ts'

type Served = { readonly aftercart: number; readonly bare: number }
type Asked = { readonly folder: string; readonly anchors: number; readonly answerBytes: number }

const CONNECTIONS = 16
const WARM_UP = 1000
const ANSWER_BYTES = 8700

async function serve({ folder, anchors, answerBytes }: Asked): Promise<Served> {
  const store = await openStore({ dataFolder: folder })
  await store.addApiKey({ name: 'bench', hash: hashApiKey('key'), createdAtMs: 0 })
  const held = heldPlan(largePlan(anchors))
  const log = { error() {}, info() {} }
  const app = createApp(
    openHttpEffects({
      ...{ store, plan: held, clock: systemClock, settings: defaultSettings, hashCustomer: (id) => id, log },
      ...{ secret: Buffer.alloc(32), dataFolder: folder },
    }),
    { ownerPage: new Map(), openReading: false, version: '0' },
  )
  const answer = JSON.stringify({ text: 'x'.repeat(answerBytes - 11) })
  const bare = createServer((asked, answered) => {
    const chunks: Buffer[] = []
    asked.on('data', (chunk: Buffer) => chunks.push(chunk))
    asked.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString())
      answered.writeHead(200, { 'content-type': 'application/json' }).end(answer)
    })
  })
  return {
    aftercart: await listen(createAdaptorServer({ fetch: app.fetch }) as Server),
    bare: await listen(bare),
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

function post(agent: Agent, port: number, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer key', 'content-type': 'application/json' }
    const asked = request({ agent, port, host: '127.0.0.1', path: '/v1/decisions', method: 'POST', headers })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(bytes)
        else reject(new Error(`answered ${answer.statusCode}`))
      })
    })
    asked.end(body)
  })
}

async function load(name: string, port: number, requests: number, bodyOf: (n: number) => string) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const latency = new Float64Array(requests)
  let bytes = 0
  let next = -WARM_UP
  let started = 0
  const one = async (): Promise<void> => {
    for (let n = next++; n < requests; n = next++) {
      if (n === 0) started = performance.now()
      const asked = performance.now()
      const size = await post(agent, port, bodyOf(n))
      bytes += size
      if (n >= 0) latency[n] = performance.now() - asked
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  const perSecond = requests / ((performance.now() - started) / 1000)
  agent.destroy()
  const times = `p50 ${percentile(latency, 0.5)} ms, p99 ${percentile(latency, 0.99)} ms`
  const size = Math.round(bytes / (requests + WARM_UP))
  console.log(`${name}: ${perSecond.toFixed(0)} a second, ${times}, ${size} bytes an answer`)
  return perSecond
}

async function measure(): Promise<void> {
  const { values } = parseArgs({ options: { requests: { type: 'string' }, anchors: { type: 'string' } } })
  const requests = Number(values.requests ?? 8000)
  const anchors = Number(values.anchors ?? 50_000)
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-bench-'))
  const asked: Asked = { folder, anchors, answerBytes: ANSWER_BYTES }
  const worker = new Worker(new URL(import.meta.url), { workerData: asked })
  try {
    const served = await new Promise<Served>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    const random = seededRandom(1)
    const bodyOf = (n: number): string => {
      const line = () => ({
        productId: `p${Math.floor(random() * anchors)}`,
        quantity: 1,
        unitPriceMinor: 1500,
      })
      const lines = [line(), line(), line()]
      const order = { id: `o${n}`, placedAt: '2026-01-15', currency: 'GBP', lines }
      return JSON.stringify({ order, placement: 'confirmation-email' })
    }
    const name = `POST /v1/decisions, durable, ${CONNECTIONS} connections`
    const decisions = await load(name, served.aftercart, requests, bodyOf)
    const bare = await load('bare node:http, the same bodies', served.bare, requests, bodyOf)
    console.log(`ratio ${(decisions / bare).toFixed(3)}`)
  } finally {
    await worker.terminate()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (isMainThread) await measure()
else parentPort?.postMessage(await serve(workerData as Asked))
