// A mail server on this machine, of the package that mail servers are written with. In: how many messages it should fail.
// Out: its address and what it took, as raw bytes.

import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'

export type LocalMailServer = {
  readonly url: string
  readonly taken: readonly { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer }[]
  /** Of the next message. */
  next(fault: 'takes-nothing' | 'silent'): void
  close(): Promise<void>
}

const REFUSED = 'gone@mail.example'

/** With a `login`, only whoever gives it is let in. */
export async function openLocalMailServer(login?: {
  readonly user: string
  readonly password: string
}): Promise<LocalMailServer> {
  const taken: { from: string; to: string[]; raw: Buffer }[] = []
  let fault: 'takes-nothing' | 'silent' | null = null
  const saying = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode })
  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: login === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    logger: false,
    onAuth({ username, password }, _session, callback) {
      const isRight = username === login?.user && password === login?.password
      callback(isRight ? null : saying(535, '5.7.8 who are you'), { user: username })
    },
    onRcptTo({ address }, _session, callback) {
      if (address === REFUSED) return callback(saying(550, `5.1.1 <${address}> is not here`))
      if (fault === 'takes-nothing') {
        fault = null
        return callback(saying(451, '4.3.0 come back later'))
      }
      callback()
    },
    onData(stream, { envelope }, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(parts) })
        if (fault === 'silent') fault = null
        else callback(null)
      })
    },
  })
  server.on('error', () => {})
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    next(one) {
      fault = one
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await Promise.race([closed, sleep(2_000)])
    },
  }
}

export const refusedMailAddress = REFUSED
