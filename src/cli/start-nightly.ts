// The refresh of each night, in a process of its own: mining takes all of the machine for a while, and a server's memory is not
// the place for it. Of several workers over one store the first one does it. One that fails is told in the log, and
// comes again the next night.

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { DAY_MS } from '../domain/instant.ts'
import type { Installation } from './installation.ts'

/** When shops are quiet, by the clock of this machine. */
const HOUR = 3
const LOOK_MS = 60_000

export type Nightly = { stop(): void }

export function startNightly(
  { store, clock, dataFolder }: Pick<Installation, 'store' | 'clock' | 'dataFolder'>,
  log: Pick<Logger, 'info' | 'warn'>,
): Nightly {
  let child: ChildProcess | null = null
  let isStopped = false
  const look = async (): Promise<void> => {
    const night = nightOf(clock.nowMs())
    if (night === null || child !== null || !(await store.claimRefreshDay(night))) return
    if (isStopped) return
    child = spawn(process.execPath, [bin, 'refresh', '--json', '--data', dataFolder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const outcome = await outcomeOf(child)
    child = null
    if (outcome.code === 0) log.info({ night }, 'refreshed')
    else log.warn({ night, ...outcome }, 'the refresh of this night failed')
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ err: error }, 'could not look whether it is night'))
  }, LOOK_MS)
  timer.unref()
  return {
    stop() {
      isStopped = true
      clearInterval(timer)
      child?.kill('SIGTERM')
    },
  }
}

const bin = fileURLToPath(new URL('../../bin/aftercart.js', import.meta.url))

/** How it ended and the last that it said. One that cannot even start ends, too: unheard, its error would end the server. */
export function outcomeOf(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly said: string }> {
  let said = ''
  child.stderr?.on('data', (piece: Buffer) => {
    said = `${said}${piece}`.slice(-2000)
  })
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ code: null, said: message }))
    child.once('close', (code) => resolve({ code, said: said.trim() }))
  })
}

/** The number of the night that is due: from 3 o'clock on that of the day, before it none. */
export function nightOf(nowMs: number): number | null {
  const here = new Date(nowMs)
  if (here.getHours() < HOUR) return null
  return Math.floor(Date.UTC(here.getFullYear(), here.getMonth(), here.getDate()) / DAY_MS)
}
