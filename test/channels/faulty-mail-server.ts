// A mail server that goes wrong at one place, down to the bytes. In: where and how, always or by recipient. Out: its address,
// and what it had taken when it went wrong; what it took is what a real one would deliver.

import { createServer, type Socket } from 'node:net'

export type MailFault =
  | 'none'
  | '451-at-rcpt'
  | '550-at-rcpt'
  | '550-policy-at-rcpt'
  | '451-after-data'
  | '554-after-data'
  | '421-after-data'
  | 'drop-after-data'
  | 'reset-after-data'
  | 'drop-in-data'
  | 'stall-after-data'
  | 'drip-after-data'
  | 'drop-at-greeting'
  | 'stall-at-greeting'
  | 'drip-at-greeting'
  | 'stall-at-rcpt'
  | 'drop-at-data'
  | '535-at-mail'

/** Asked at each RCPT, in capitals; a fault at the greeting needs no recipient. */
export type FaultOf = (recipient: string) => MailFault | 'none'

export type FaultyMailServer = {
  readonly url: string
  taken(): number
  /** The ids of the messages that it took, each as often as it did. */
  readonly takenIds: readonly string[]
  close(): Promise<void>
}

const DRIP_MS = 20

export async function openFaultyMailServer(
  fault: MailFault | FaultOf,
  host = '127.0.0.1',
): Promise<FaultyMailServer> {
  const takenIds: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    talk(socket, fault, (id) => takenIds.push(id))
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    url: `smtp://${host}:${port}`,
    taken: () => takenIds.length,
    takenIds,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function talk(socket: Socket, wanted: MailFault | FaultOf, take: (id: string) => void): void {
  let fault: MailFault | 'none' = typeof wanted === 'string' ? wanted : 'none'
  const say = (line: string) => socket.write(`${line}\r\n`)
  let isBody = false
  let id = ''
  let rest = ''
  if (fault === 'drop-at-greeting') socket.end()
  else if (fault === 'drip-at-greeting') drip(socket)
  else if (fault !== 'stall-at-greeting') say('220 mail.example ready')
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1')
    if (isBody && fault === 'drop-in-data') return void socket.destroy()
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (isBody) {
        id = /^Message-ID: <(.*)@/i.exec(line)?.[1] ?? id
        if (line !== '.') continue
        isBody = false
        finish(socket, fault, () => take(id))
      } else {
        const command = line.toUpperCase()
        const recipient = /^RCPT TO:<(.*?)>/.exec(command)?.[1]
        if (typeof wanted !== 'string' && recipient !== undefined) fault = wanted(recipient)
        isBody = answer(socket, fault, command)
      }
    }
  })
}

/** Whether a body comes next. */
function answer(socket: Socket, fault: MailFault | 'none', line: string): boolean {
  const say = (words: string) => socket.write(`${words}\r\n`)
  if (line.startsWith('MAIL') && fault === '535-at-mail') say('535 5.7.8 who are you')
  else if (line.startsWith('RCPT') && fault === '451-at-rcpt') say('451 4.2.0 <ada@mail.example> later')
  else if (line.startsWith('RCPT') && fault === '550-at-rcpt') say('550 5.1.1 <ada@mail.example> is not here')
  else if (line.startsWith('RCPT') && fault === '550-policy-at-rcpt') say('550 5.7.1 relaying denied')
  else if (line.startsWith('RCPT') && fault === 'stall-at-rcpt') return false
  else if (line === 'DATA' && fault === 'drop-at-data') socket.destroy()
  else if (line === 'DATA') say('354 go on')
  else if (line === 'STARTTLS') say('502 5.5.1 not here')
  else if (line === 'QUIT') socket.end('221 bye\r\n')
  else say('250 fine')
  return line === 'DATA' && fault !== 'drop-at-data'
}

function finish(socket: Socket, fault: MailFault | 'none', take: () => void): void {
  const say = (line: string) => socket.write(`${line}\r\n`)
  if (fault === '451-after-data') return void say('451 4.3.0 later')
  if (fault === '421-after-data') return void socket.end('421 4.3.2 shutting down\r\n')
  if (fault === '554-after-data') return void say('554 5.7.1 looks like spam')
  take()
  if (fault === 'drop-after-data') socket.end()
  else if (fault === 'reset-after-data') socket.resetAndDestroy()
  else if (fault === 'drip-after-data') drip(socket)
  else if (fault !== 'stall-after-data') say('250 2.0.0 queued as 4711')
}

/** Never silent for long, and never finished. */
function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('2'), DRIP_MS)
  socket.on('close', () => clearInterval(timer))
}
