// Starts the HTTP server over an installation. Goes out: where it listens, or `port-in-use` or `invalid-argument` where it
// cannot; the installation is closed then. It looks for a new plan every few seconds,
// and ends in order on SIGINT or SIGTERM: no new requests, those under way are answered, the store is closed.

import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import pino from 'pino'
import { holdCurrentPlan } from '../deciding/current-plan.ts'
import { AppError } from '../domain/errors.ts'
import { reapplyErasures } from '../following-up/erase-person.ts'
import { createApp } from '../http/app.ts'
import type { HttpEffects } from '../http/effects.ts'
import { reportEffects } from '../http/report-effects.ts'
import { readWidget } from '../http/routes/get-widget.ts'
import { readOwnerPage } from '../http/routes/owner-page.ts'
import type { Installation } from './installation.ts'
import { type BroughtParts, openHttpEffects } from './open-http-effects.ts'
import { openWeeklyReport } from './open-weekly-report.ts'
import { startNightly } from './start-nightly.ts'
import { startWorker } from './start-worker.ts'
import { openStoreClock } from './store-clock.ts'
import { readVersion } from './version.ts'

/** How often a server asks whether another plan has become current: one small query. */
const PLAN_CHECK_MS = 3000
/** Slow senders are cut off: a request is a few kilobytes. Node looks every 30 s unless told otherwise. */
const REQUEST_TIMEOUT_MS = 10_000
const CONNECTION_CHECK_MS = 1000
/** Who asks and does not read the answer is cut off, or would hold a connection for ever. Longer than any answer takes. */
const SILENT_SOCKET_MS = 60_000
const SHUTDOWN_MS = 10_000

export type ServerOptions = {
  readonly port: number
  readonly host: string
  readonly openReading: boolean
  /** How long a request may take to arrive; ten seconds by default. */
  readonly requestTimeoutMs?: number
  /** How long a connection may stand without a byte either way while an answer waits; a minute by default. */
  readonly silentSocketMs?: number
  /** False where other processes work (`aftercart worker`). */
  readonly worker?: boolean
  /** False in the demo, whose clock is moved by hand. */
  readonly nightly?: boolean
  readonly parts?: BroughtParts
  /** Adds more routes, as the demo does with its shop. */
  readonly extend?: (app: OpenAPIHono, effects: HttpEffects) => void
}

export type RunningServer = {
  readonly url: string
  readonly planVersion: number | null
  close(): Promise<void>
}

export async function startServer(
  installation: Installation,
  options: ServerOptions,
): Promise<RunningServer> {
  try {
    return await serve(installation, options)
  } catch (error) {
    await installation.close()
    throw error
  }
}

async function serve(installation: Installation, options: ServerOptions): Promise<RunningServer> {
  const { store, settings } = installation
  const log = pino({ level: process.env.AFTERCART_LOG ?? 'warn' }, pino.destination(2))
  const clock = await openStoreClock(store, installation.clock, (fields, message) =>
    log.warn(fields, message),
  )
  const plan = holdCurrentPlan(store, settings)
  await plan.refresh()
  const effects = openHttpEffects({ ...installation, clock, plan, log }, options.parts)
  await effects.testing.refresh()
  await reapplyErasures(effects)
  const app = createApp(effects, {
    ownerPage: readOwnerPage(new URL('../../dist/dashboard/', import.meta.url)),
    openReading: options.openReading,
    version: readVersion(),
    widget: readWidget(new URL('../../dist/storefront/aftercart.js', import.meta.url)),
  })
  options.extend?.(app, effects)
  let isStopping = false
  const server = createAdaptorServer({
    async fetch(request: Request, env: object) {
      const answer = await app.fetch(request, env)
      // A connection that a proxy keeps would go on bringing requests until it is cut off in the middle of one.
      if (isStopping) answer.headers.set('connection', 'close')
      return answer
    },
    serverOptions: {
      requestTimeout: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
      headersTimeout: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CONNECTION_CHECK_MS,
      maxHeaderSize: 16 * 1024,
    },
  })
  server.setTimeout(options.silentSocketMs ?? SILENT_SOCKET_MS)
  const port = await listen(server, options)
  const timer = setInterval(() => {
    Promise.all([plan.refresh(), effects.testing.refresh()]).catch((error: unknown) =>
      log.warn({ err: error }, 'could not look for a new plan'),
    )
  }, PLAN_CHECK_MS)
  const mailReport = openWeeklyReport(
    { settings, store, report: reportEffects(effects), email: effects.followingUp.channels.email },
    log,
  )
  const worker = options.worker === false ? null : startWorker({ ...effects, mailReport }, log)
  const nightly =
    worker === null || options.nightly === false ? null : startNightly({ ...installation, clock }, log)
  const close = async (): Promise<void> => {
    clearInterval(timer)
    clock.stop()
    nightly?.stop()
    isStopping = true
    // At once: who asks now is to ask another server, not one that will not be there to answer.
    await Promise.all([closeServer(server), worker?.stop()])
    await installation.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void close().then(() => process.exit(0))
    })
  }
  return { url: `http://${options.host}:${port}`, planVersion: plan.get()?.version ?? null, close }
}

/** Those under way are answered, for as long as that may take. */
function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(resolve, SHUTDOWN_MS)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
  })
}

function listen(server: ServerType, { port, host }: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListening(error, port, host)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function explainListening(error: NodeJS.ErrnoException, port: number, host: string): unknown {
  switch (error.code) {
    case 'EADDRINUSE':
      return new AppError(
        'port-in-use',
        `Port ${port} is taken by another program: choose one with --port 4700, or "npm run demo -- --port 4700".`,
        error,
      )
    case 'EACCES':
    case 'EPERM':
      return new AppError(
        'invalid-argument',
        `This user may not listen on port ${port}: choose one from 1024 on with --port.`,
        error,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
    case 'EAFNOSUPPORT':
      return new AppError(
        'invalid-argument',
        `${host} is no address of this machine: name one with --host, such as 127.0.0.1, or 0.0.0.0 for all.`,
        error,
      )
    default:
      return error
  }
}
