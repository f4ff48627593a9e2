// How many messages a second go out over SMTP? Each is rendered (the real renderer, with signed links) and sent through our
// channel, against bare nodemailer with the same pool and one constant body of the same size, in turns within one run. The
// mail server takes everything and keeps nothing, in a thread of its own, so that the sender is what is measured.
// Turns are short, so that what else the machine does falls on both. `--messages n` in a turn (default 250), `--turns n`
// (default 20). Prints rates, the CPU of the sending thread, and the ratios of their medians, without a signature and with
// one (DKIM, RSA of 2048 bits) on both sides.

import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { createTransport } from 'nodemailer'
import { type DkimKey, openSmtp } from '../src/adapters/channels/smtp.ts'
import { openLinkTokens } from '../src/adapters/secret/link-tokens.ts'
import { defaultMessagingSettings } from '../src/domain/messaging-settings.ts'
import { openRenderer } from '../src/emails/open-renderer.ts'
import type { EmailContent, Outgoing } from '../src/ports/channel.ts'
import { tinyPick } from '../test/tiny-aftercart.ts'

const CONNECTIONS = 5
const IN_FLIGHT = 50
const WARM_UP = 4
const address = 'alex@mail.example'

function serve(): Promise<number> {
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('error', () => {})
    talk(socket)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address()
      resolve(typeof bound === 'object' && bound !== null ? bound.port : 0)
    })
  })
}

/** As a server does that knows PIPELINING (RFC 2920). */
function talk(socket: Socket): void {
  let rest = ''
  let isBody = false
  socket.write('220 sink\r\n')
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1')
    for (;;) {
      const mark = isBody ? '\r\n.\r\n' : '\r\n'
      const end = rest.indexOf(mark)
      if (end < 0) return
      const line = rest.slice(0, end)
      rest = rest.slice(end + mark.length)
      const command = isBody ? '.' : line.slice(0, 4).toUpperCase()
      isBody = command === 'DATA'
      if (isBody) socket.write('354 go on\r\n')
      else if (command === 'EHLO') socket.write('250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n')
      else if (command === 'QUIT') socket.end('221 bye\r\n')
      else socket.write('250 fine\r\n')
    }
  })
}

const messaging = {
  ...defaultMessagingSettings,
  shopName: 'Teasel & Thyme',
  sender: { name: 'Teasel & Thyme', address: 'post@shop.example' },
  supportEmail: 'hello@shop.example',
  postalAddress: ['1 Example Street', 'Bristol'],
  legalEntity: 'Example Traders Ltd',
  productUrl: 'https://shop.example/p/{product}',
  publicUrl: 'https://aftercart.example',
}
const render = openRenderer({ settings: messaging, links: openLinkTokens(Buffer.alloc(32, 1)) })

function rendered(id: string): Outgoing {
  const {
    content,
    class: kind,
    moment,
  } = render({
    ...{ messageId: id, flow: 'next-step', medium: 'email', atMs: 10 * 86_400_000 },
    order: {
      ...{ id: `order-${id}`, customerId: null, placedAtMs: 0, currency: 'GBP' },
      lines: [{ productId: 'teacup', quantity: 6, unitPriceMinor: 295 }],
    },
    titles: new Map([
      ['teacup', 'ROSES REGENCY TEACUP'],
      ['saucer', 'Saucer'],
      ['plate', 'Cake plate'],
    ]),
    picks: [
      tinyPick('saucer', 'Saucer', { relation: 'extend' }),
      tinyPick('plate', 'Cake plate', { relation: 'extend' }),
    ],
    recipient: {
      ...{ email: address, phone: null, emailHash: 'e1', phoneHash: null, name: 'Alex Morgan' },
      ...{ country: 'GB', region: null, timeZones: [], locale: null },
    },
  })
  return { id, medium: 'email', class: kind, to: { name: 'Alex Morgan', address }, content, moment }
}

type Turn = { readonly perSecond: number; readonly cpuMicros: number }

async function take(messages: number, send: (n: number) => Promise<unknown>): Promise<Turn> {
  let next = 0
  const one = async (): Promise<void> => {
    for (let n = next++; n < messages; n = next++) await send(n)
  }
  const started = performance.now()
  const before = process.threadCpuUsage()
  await Promise.all(Array.from({ length: IN_FLIGHT }, one))
  const { user, system } = process.threadCpuUsage(before)
  return {
    perSecond: messages / ((performance.now() - started) / 1000),
    cpuMicros: (user + system) / messages,
  }
}

function openBare(url: string, dkim: DkimKey | null, content: EmailContent) {
  const key =
    dkim === null
      ? {}
      : { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }
  const transport = createTransport({ pool: true, url, maxConnections: CONNECTIONS, ...key })
  const { subject, html, text } = content
  const from = { name: content.from.name ?? '', address: content.from.address }
  return {
    send: () => transport.sendMail({ from, to: address, subject, html, text }),
    close: () => transport.close(),
  }
}

async function compare(url: string, dkim: DkimKey | null, messages: number, turns: number): Promise<void> {
  const { content } = rendered('constant')
  if (content.kind !== 'email') throw new Error('a follow-up by mail is a mail')
  const bareTurns: Turn[] = []
  const ourTurns: Turn[] = []
  const bare = openBare(url, dkim, content)
  const channel = openSmtp({ url, dkim, connections: CONNECTIONS })
  const sendOurs = async (id: string) => {
    const outcome = await channel.send(rendered(id))
    if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome))
  }
  for (let turn = 0; turn < WARM_UP + turns; turn++) {
    bareTurns.push(await take(messages, bare.send))
    ourTurns.push(await take(messages, (n) => sendOurs(`m-${turn}-${n}`)))
  }
  bare.close()
  await channel.close()
  const middle = (all: readonly Turn[], of: keyof Turn) => {
    const values = all.slice(WARM_UP).map((turn) => turn[of])
    return values.toSorted((one, other) => one - other)[Math.floor(turns / 2)] ?? 0
  }
  const [ours, plain] = [middle(ourTurns, 'perSecond'), middle(bareTurns, 'perSecond')]
  const [ourCpu, plainCpu] = [middle(ourTurns, 'cpuMicros'), middle(bareTurns, 'cpuMicros')]
  const bytes = Buffer.byteLength(content.html) + Buffer.byteLength(content.text)
  console.log(
    `${dkim === null ? 'unsigned' : 'signed'}: rendered and sent ${ours.toFixed(0)} a second, bare nodemailer ` +
      `${plain.toFixed(0)}, ratio ${(ours / plain).toFixed(3)}; by the sender's CPU ${ourCpu.toFixed(0)} and ` +
      `${plainCpu.toFixed(0)} µs each, ratio ${(plainCpu / ourCpu).toFixed(3)} (${bytes} bytes, ${CONNECTIONS} connections)`,
  )
}

async function measure(): Promise<void> {
  const { values } = parseArgs({ options: { messages: { type: 'string' }, turns: { type: 'string' } } })
  const messages = Number(values.messages ?? 250)
  const turns = Number(values.turns ?? 20)
  const worker = new Worker(new URL(import.meta.url))
  try {
    const port = await new Promise<number>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    const url = `smtp://127.0.0.1:${port}`
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    await compare(url, null, messages, turns)
    await compare(url, { domain: 'shop.example', selector: 'after', privateKey: pem }, messages, turns)
  } finally {
    await worker.terminate()
  }
}

if (isMainThread) await measure()
else parentPort?.postMessage(await serve())
