// The refresh of each night, in a process of its own: mining takes all of the machine for a while, and a server's memory is not
// the place for it. Of several workers over one store the first one does it. One that fails is told in the log, and
// comes again the next night.

import { spawn } from 'node:child_process'
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
  let child: ReturnType<typeof spawn> | null = null
  const look = async (): Promise<void> => {
    const night = nightOf(clock.nowMs())
    if (night === null || child !== null || !(await store.claimRefreshDay(night))) return
    child = spawn(process.execPath, [bin, 'refresh', '--json', '--data', dataFolder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr?.on('data', (piece: Buffer) => {
      said = `${said}${piece}`.slice(-2000)
    })
    child.once('exit', (code) => {
      child = null
      if (code === 0) log.info({ night }, 'refreshed')
      else log.warn({ night, code, said: said.trim() }, 'the refresh of this night failed')
    })
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ err: error }, 'could not look whether it is night'))
  }, LOOK_MS)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      child?.kill('SIGTERM')
    },
  }
}

const bin = fileURLToPath(new URL('../../bin/aftercart.js', import.meta.url))

/** The number of the night that is due: from 3 o'clock on that of the day, before it none. */
export function nightOf(nowMs: number): number | null {
  const here = new Date(nowMs)
  if (here.getHours() < HOUR) return null
  return Math.floor(Date.UTC(here.getFullYear(), here.getMonth(), here.getDate()) / DAY_MS)
}
