// A real PostgreSQL for tests: the server that DATABASE_URL names, else one that is started for this process alone, in
// a temporary folder, on a socket and no port. Out: addresses of fresh, empty schemas, and how to stop.
// A shell holds the server: when this process ends in whatever way, its pipe closes, the shell stops the server and
// removes the folder. PostgreSQL refuses to run as root, so root starts it as `nobody`.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises'
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

/** `settings` are written as on PostgreSQL's command line: `fsync=off`. `only` chooses the programs. */
export async function startPostgres(
  options: { readonly only?: PostgresOrigin; readonly settings?: readonly string[] } = {},
): Promise<TestPostgres> {
  const given = process.env.DATABASE_URL
  if (given && !options.only && !options.settings)
    return overServer(given, 'database-url', async () => {})
  const folder = await mkdtemp(join(tmpdir(), 'aftercart-postgres-'))
  try {
    const { folder: programs, origin } = await findPostgres(folder, process.env.PATH ?? '', options.only)
    const user = await unprivilegedUser()
    if (user) await chown(folder, user.uid, user.gid)
    await chmod(folder, user ? 0o755 : 0o700)
    await run(join(programs, 'initdb'), folder, user)
    const shell = startServer(programs, folder, user, options.settings ?? [])
    const url = `postgres://aftercart@localhost/postgres?host=${encodeURIComponent(folder)}`
    await untilReady(url, shell, folder)
    return overServer(url, origin, async () => {
      shell.stdin?.end()
      if (shell.exitCode === null && shell.signalCode === null) await once(shell, 'exit')
      await rm(folder, { recursive: true, force: true })
    })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

function overServer(url: string, origin: TestPostgres['origin'], stopServer: () => Promise<void>): TestPostgres {
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

/** `nobody` when this is root, else nothing: PostgreSQL then runs as whoever runs the tests. */
async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = await readFile('/etc/passwd', 'utf8')
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(users) ?? []
  assert.ok(uid && gid, 'PostgreSQL refuses to run as root, and this machine has no user `nobody`')
  return { uid: Number(uid), gid: Number(gid) }
}

async function run(initdb: string, folder: string, user: SystemUser | undefined): Promise<void> {
  const child = spawn(
    initdb,
    ['-D', join(folder, 'data'), '-U', 'aftercart', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  const [code] = await once(child, 'close')
  assert.equal(code, 0, `initdb failed: ${said}`)
}

function startServer(
  programs: string,
  folder: string,
  user: SystemUser | undefined,
  settings: readonly string[],
): ChildProcess {
  const script = `
    exec 3<&0
    "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= "\${@:3}" </dev/null >"$2/log" 2>&1 3<&- &
    server=$!
    { cat <&3 >/dev/null; kill -INT $server; } &
    wait $server
    rm -rf "$2/data"`
  // POSIX shells have no slices of "$@": the settings are put in as words of their own.
  const words = settings.map((setting) => `-c ${setting}`).join(' ')
  assert.match(words, /^[\w=. -]*$/)
  return spawn('/bin/sh', ['-c', script.replace(`"\${@:3}"`, words), 'sh', programs, folder], {
    ...user,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
    // A Ctrl-C in the terminal goes to this process alone, which then lets the shell stop the server.
    detached: true,
  })
}

async function untilReady(url: string, shell: ChildProcess, folder: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    try {
      return await statement(url, 'select 1')
    } catch (error) {
      const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '')
      const ended = shell.exitCode !== null || shell.signalCode !== null
      if (ended || waitedMs > startPatienceMs)
        throw new Error(`PostgreSQL did not start: ${log}`, { cause: error })
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
