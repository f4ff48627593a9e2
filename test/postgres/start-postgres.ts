// A real PostgreSQL for tests: the server that DATABASE_URL names, else one that is started for this process alone, in
// a temporary folder, on a socket and no port. Out: addresses of fresh, empty schemas, and how to stop.
// A shell holds the server: when this process ends in whatever way, its pipe closes, the shell stops the server and
// removes the folder. PostgreSQL refuses to run as root, so root starts it as `nobody`.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { lchown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findPostgres, type PostgresOrigin } from './find-postgres.ts'

export type TestPostgres = {
  readonly origin: PostgresOrigin | 'database-url'
  /** The server itself. */
  readonly url: string
  /** The address of a new, empty schema. */
  freshUrl(): Promise<string>
  stop(): Promise<void>
}

const startPatienceMs = 60_000

/**
 * `settings` are written as on PostgreSQL's command line: `fsync=off`. `only` chooses the programs, and so does
 * AFTERCART_TEST_POSTGRES (`machine` or `npm`).
 */
export async function startPostgres(
  options: { readonly only?: PostgresOrigin; readonly settings?: readonly string[] } = {},
): Promise<TestPostgres> {
  const given = process.env.DATABASE_URL
  const only = options.only ?? originOf(process.env.AFTERCART_TEST_POSTGRES)
  if (given && !only && !options.settings) return overServer(given, 'database-url', async () => {})
  const folder = await mkdtemp(join(tmpdir(), 'aftercart-postgres-'))
  try {
    const { folder: programs, origin } = await findPostgres(folder, process.env.PATH ?? '', only)
    const user = await unprivilegedUser()
    if (user) await giveTo(user, folder)
    const server = startServer(programs, folder, user, options.settings ?? [])
    const stop = async () => {
      server.shell.stdin?.end()
      if (server.shell.exitCode === null && server.shell.signalCode === null) await once(server.shell, 'exit')
    }
    const url = `postgres://aftercart@localhost/postgres?host=${encodeURIComponent(folder)}`
    await untilReady(url, server).catch(async (error: unknown) => {
      await stop()
      throw error
    })
    return overServer(url, origin, stop)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

function originOf(word: string | undefined): PostgresOrigin | undefined {
  assert.ok(word === undefined || word === 'machine' || word === 'npm', `AFTERCART_TEST_POSTGRES=${word}`)
  return word
}

function overServer(
  url: string,
  origin: TestPostgres['origin'],
  stopServer: () => Promise<void>,
): TestPostgres {
  const schemas: string[] = []
  return {
    origin,
    url,
    async freshUrl() {
      const schema = `aftercart_test_${randomUUID().replaceAll('-', '')}`
      await statement(url, `create schema ${schema}`)
      schemas.push(schema)
      const fresh = new URL(url)
      fresh.searchParams.set('options', `-c search_path=${schema}`)
      return fresh.href.replaceAll('+', '%20')
    },
    async stop() {
      // A server of our own vanishes with all that it holds.
      if (origin === 'database-url')
        for (const schema of schemas) await statement(url, `drop schema ${schema} cascade`)
      await stopServer()
    },
  }
}

type SystemUser = { readonly uid: number; readonly gid: number }

async function giveTo(user: SystemUser, folder: string): Promise<void> {
  for (const path of ['', ...(await readdir(folder, { recursive: true }))])
    await lchown(join(folder, path), user.uid, user.gid)
}

/** `nobody` when this is root, else nothing: PostgreSQL then runs as whoever runs the tests. */
async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = await readFile('/etc/passwd', 'utf8')
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(users) ?? []
  assert.ok(uid && gid, 'PostgreSQL refuses to run as root, and this machine has no user `nobody`')
  return { uid: Number(uid), gid: Number(gid) }
}

/** Everything that must not outlive this process happens in one shell: it ends when its standard input does. */
const script = `
  exec 3<&0
  cd /
  if "$1/initdb" -D "$2/data" -U aftercart -A trust -E UTF8 --locale=C --no-sync; then
    "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= $3 </dev/null 3<&- &
    server=$!
    { cat <&3 >/dev/null; kill -INT $server; } &
    wait $server
  fi
  rm -rf "$2"`

type Server = { readonly shell: ChildProcess; readonly said: () => string }

function startServer(
  programs: string,
  folder: string,
  user: SystemUser | undefined,
  settings: readonly string[],
): Server {
  const words = settings.map((setting) => `-c ${setting}`).join(' ')
  const shell = spawn('/bin/sh', ['-c', script, 'sh', programs, folder, words], {
    ...user,
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal goes to this process alone, which then lets the shell stop the server.
    detached: true,
  })
  let said = ''
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (text) => (said += text))
  return { shell, said: () => said }
}

async function untilReady(url: string, { shell, said }: Server): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    try {
      return await statement(url, 'select 1')
    } catch (error) {
      const ended = shell.exitCode !== null || shell.signalCode !== null
      if (ended || waitedMs > startPatienceMs)
        throw new Error(`PostgreSQL did not start: ${said()}`, { cause: error })
    }
    await sleep(50)
  }
}

async function statement(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
