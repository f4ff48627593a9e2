// The engine for several machines: PostgreSQL by its URL. Out: a StoreDatabase over a pool of connections.
// PostgreSQL shares fsyncs between commits by itself, so each change commits alone, and the ones under way together.
// What can go wrong: the URL is not one, nobody answers, the password or database is wrong, or the server is set up
// to acknowledge commits that are not on the disk yet (refused, since a write that has resolved must survive).

import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { AppError } from '../../domain/errors.ts'
import type { StoreDatabase } from './store-database.ts'
import type { Tables } from './tables.ts'

/** More would only wait inside PostgreSQL: its own default allows 100 for all processes together. */
const connectionsMax = 10
const connectPatienceMs = 10_000

const int8Oid = 20

export async function openPostgres(databaseUrl: string): Promise<StoreDatabase> {
  const name = describeUrl(databaseUrl)
  const explain = (error: unknown) => explainPostgresError(error, name)
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connectionsMax,
    connectionTimeoutMillis: connectPatienceMs,
    keepAlive: true,
    application_name: 'aftercart',
    types: { getTypeParser: numberTypeParser },
  })
  // A connection that breaks is replaced by the pool, and whoever was using it gets an error of their own. Without
  // listeners its end would also end the process: the pool listens to idle connections only.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await refuseUnsafeCommits(db, name)
  } catch (error) {
    await db.destroy()
    throw explain(error)
  }
  return {
    name,
    read: db,
    write: (change) => change(db),
    writeTogether: (change) => db.transaction().execute(change),
    locksRows: true,
    hold: holdName,
    explain,
    close: () => db.destroy(),
  }
}

/** Held until the transaction ends; each schema of a database has its own. */
export async function lockPostgresSchema(db: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('aftercart'), hashtext(current_schema()))`.execute(db)
}

/** Two names that hash alike wait for each other now and then, and that is all. */
async function holdName(db: Kysely<Tables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || ${name}, 0))`.execute(db)
}

async function refuseUnsafeCommits(db: Kysely<Tables>, name: string): Promise<void> {
  const answer = await sql<{ fsync: string; synchronous_commit: string }>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`.execute(
    db,
  )
  for (const [setting, value] of Object.entries(answer.rows[0] ?? {}))
    if (value === 'off')
      throw new AppError(
        'store-not-durable',
        `${name} runs with ${setting} = off, so it acknowledges writes that a power cut would lose; ` +
          `set ${setting} = on and restart it.`,
      )
}

/** PostgreSQL sends 64-bit integers as text; all of ours fit a number, and one that does not is refused. */
function numberTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid !== int8Oid || format === 'binary')
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
  return (text: string) => {
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`)
    return value
  }
}

/** Host and database for messages: never the user's password. */
function describeUrl(databaseUrl: string): string {
  let url: URL
  try {
    url = new URL(databaseUrl)
  } catch {
    throw notAUrl()
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw notAUrl()
  const host = url.searchParams.get('host') ?? url.host
  return `The PostgreSQL database "${decodeURIComponent(url.pathname.slice(1))}" at ${host === '' ? 'localhost' : host}`
}

function notAUrl(): AppError {
  return new AppError(
    'invalid-argument',
    'DATABASE_URL is not the address of a PostgreSQL database; ' +
      'it takes the form postgres://user:password@host:5432/database.',
  )
}

/** Classes 08, 53, 57 of https://www.postgresql.org/docs/current/errcodes-appendix.html, and those of a refused login. */
const unavailableStates = /^(08...|53...|57P0[1-5]|28...|3D000|42501)$/
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
  'EPIPE',
])
/** What the driver says without a code when a connection ends or is not had in time. */
const lostConnection =
  /connection terminated|timeout exceeded when trying to connect|not queryable|client has encountered a connection error/i

function explainPostgresError(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!unavailableStates.test(code) && !unreachable.has(code) && !lostConnection.test(error.message))
    return error
  const reason = error.message === '' ? code : error.message
  return new AppError(
    'store-unavailable',
    `${name} cannot be used (${reason}); check that it runs and that DATABASE_URL is right.`,
    error,
  )
}
