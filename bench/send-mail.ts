// How many messages a second go out over SMTP? Each is rendered (the real renderer, with signed links) and sent through our
// channel, against bare nodemailer with the same pool and one constant body of the same size, in turns within one run. The
// mail server takes everything and keeps nothing, in a thread of its own, so that the sender is what is measured.
// `--messages n` in a round (default 2000), `--rounds n` (default 5). Prints rates and the ratio of their medians, without a
// signature and with one (DKIM, RSA of 2048 bits) on both sides.

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

async function rate(messages: number, send: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0
  const one = async (): Promise<void> => {
    for (let n = next++; n < messages; n = next++) await send(n)
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, one))
  return messages / ((performance.now() - started) / 1000)
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

async function compare(url: string, dkim: DkimKey | null, messages: number, rounds: number): Promise<void> {
  const { content } = rendered('constant')
  if (content.kind !== 'email') throw new Error('a follow-up by mail is a mail')
  const rates = { bare: [] as number[], ours: [] as number[] }
  // The first round of each warms up.
  for (let round = 0; round <= rounds; round++) {
    const bare = openBare(url, dkim, content)
    rates.bare.push(await rate(messages, bare.send))
    bare.close()
    const channel = openSmtp({ url, dkim, connections: CONNECTIONS })
    const send = async (n: number) => {
      const outcome = await channel.send(rendered(`m-${round}-${n}`))
      if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome))
    }
    rates.ours.push(await rate(messages, send))
    await channel.close()
  }
  const median = (all: readonly number[]) =>
    all.slice(1).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
  const [ours, bare] = [median(rates.ours), median(rates.bare)]
  const bytes = Buffer.byteLength(content.html) + Buffer.byteLength(content.text)
  console.log(
    `${dkim === null ? 'unsigned' : 'signed'}: rendered and sent ${ours.toFixed(0)} a second, ` +
      `bare nodemailer ${bare.toFixed(0)}, ratio ${(ours / bare).toFixed(3)} (${bytes} bytes, ${CONNECTIONS} connections)`,
  )
}

async function measure(): Promise<void> {
  const { values } = parseArgs({ options: { messages: { type: 'string' }, rounds: { type: 'string' } } })
  const messages = Number(values.messages ?? 2_000)
  const rounds = Number(values.rounds ?? 5)
  const worker = new Worker(new URL(import.meta.url))
  try {
    const port = await new Promise<number>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    const url = `smtp://127.0.0.1:${port}`
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    await compare(url, null, messages, rounds)
    await compare(url, { domain: 'shop.example', selector: 'after', privateKey: pem }, messages, rounds)
  } finally {
    await worker.terminate()
  }
}

if (isMainThread) await measure()
else parentPort?.postMessage(await serve())
