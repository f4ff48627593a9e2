// Starting to serve, and what is not worth waiting for: taken ports, addresses of other machines, senders who dawdle.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openInstallation } from '../src/cli/installation.ts'
import { startServer } from '../src/cli/start-server.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

describe('serving', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aftercart-serving-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const open = () => openInstallation({ data: folder, create: true, apart: true })
  const options = { port: 0, host: '127.0.0.1', openReading: false }

  test('a port that is taken costs no API key: the first one is made once the server listens', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const port = String((other.address() as AddressInfo).port)
    const words = ['serve', '--port', port, '--data', folder]
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, [bin, ...words], (_, __, err) => resolve(err))
    })
    other.close()
    assert.match(said, new RegExp(`Port ${port} is taken .*\\[port-in-use\\]`))
    const installation = await open()
    assert.equal(await installation.store.countApiKeys(), 0)
    await installation.close()
  })

  test('a store that takes no key ends the server instead of leaving one that nobody can ask', async () => {
    const installation = await open()
    await installation.close()
    const database = new DatabaseSync(join(folder, 'aftercart.sqlite'))
    database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON api_keys BEGIN SELECT RAISE(ABORT, 'no room for keys'); END",
    )
    database.close()
    const words = ['serve', '--port', '0', '--data', folder]
    const ended = await new Promise<{ readonly code: unknown; readonly said: string }>((resolve) => {
      execFile(process.execPath, [bin, ...words], { timeout: 300_000 }, (error, _, said) =>
        resolve({ code: error?.code, said }),
      )
    })
    assert.equal(ended.code, 1)
    assert.match(ended.said, /no room for keys/)
  })

  test('an address of another machine is an argument to mend, and the store is closed again', async () => {
    const installation = await open()
    // 203.0.113.0/24 is for documentation (RFC 5737): no machine has it.
    const started = startServer(installation, { ...options, host: '203.0.113.7' })
    await assert.rejects(started, {
      code: 'invalid-argument',
      message: /203\.0\.113\.7 is no address of this machine/,
    })
    await assert.rejects(installation.store.countApiKeys())
  })

  test('a sender who does not finish is told so and cut off', { timeout: 300_000 }, async () => {
    const server = await startServer(await open(), { ...options, requestTimeoutMs: 200 })
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.write('POST /v1/orders HTTP/1.1\r\nHost: x\r\n')
    const answered = await new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes
      })
      socket.on('close', () => resolve(text))
    })
    await server.close()
    assert.match(answered, /^HTTP\/1\.1 408 /)
  })

  test('who asks and reads no answer is cut off, and holds no connection for ever', {
    timeout: 300_000,
  }, async () => {
    const server = await startServer(await open(), { ...options, silentSocketMs: 300 })
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.pause()
    // Answers of some 70 kB each: more than the connection can hold.
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(200))
    const isCut = new Promise<string>((resolve) => socket.once('error', ({ message }) => resolve(message)))
    // A socket that is not read hears of its end only when it writes.
    const writing = setInterval(() => socket.write('x'), 1_000)
    assert.match(await isCut, /ECONNRESET|EPIPE/)
    clearInterval(writing)
    await server.close()
  })
})
