// How fast and in how much memory Aftercart counts pairs, beside the best SQL form in DuckDB that we know, in one run:
// the same Parquet file, two threads each, one process after the other, the best 20 per anchor by plain counts, so that
// the results can be compared byte by byte. Time and memory include reading the file.
//   node bench/mining.ts [--lines 33000000] [--peer duckdb|none] [--passes 32] [--json]

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { shapeOf, writeHistory } from './generate-history.ts'
import type { Measurement } from './mining-result.ts'

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    peer: { type: 'string', default: 'duckdb' },
    passes: { type: 'string', default: '32' },
    json: { type: 'boolean', default: false },
  },
})
const shape = shapeOf(Number(values.lines))
const folder = await mkdtemp(join(tmpdir(), 'aftercart-mining-'))
try {
  const history = join(folder, 'history.parquet')
  await writeHistory(shape, history)
  const loadBefore = loadavg()[0] ?? 0
  const kernel = await mine('mine-with-kernel.ts', history, join(folder, 'kernel.bin'))
  const peer =
    values.peer === 'duckdb'
      ? await mine('mine-with-duckdb.ts', history, join(folder, 'duckdb.bin'), values.passes)
      : null
  if (peer !== null) {
    const [ours, theirs] = await Promise.all([
      readFile(join(folder, 'kernel.bin')),
      readFile(join(folder, 'duckdb.bin')),
    ])
    assert(ours.equals(theirs), 'the two results differ')
  }
  print({ shape, loadBefore, kernel, peer })
} finally {
  await rm(folder, { recursive: true, force: true })
}

type Figures = {
  readonly shape: typeof shape
  /** What else the machine was doing: below 0.3 it was quiet. */
  readonly loadBefore: number
  readonly kernel: Measurement
  readonly peer: Measurement | null
}

/** Runs one miner in a process of its own, so that its peak memory is its own. */
function mine(script: string, ...args: string[]): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL(`./${script}`, import.meta.url))
    const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output))
      else reject(new Error(`${script} ended with code ${code}`))
    })
  })
}

function print(figures: Figures): void {
  const { kernel, peer, loadBefore } = figures
  const speedUp = peer === null ? null : peer.seconds / kernel.seconds
  const cpuShare = peer === null ? null : kernel.cpuSeconds / peer.cpuSeconds
  const memoryShare = peer === null ? null : kernel.peakBytes / peer.peakBytes
  if (values.json) {
    console.log(JSON.stringify({ ...figures, equal: peer !== null, speedUp, cpuShare, memoryShare }))
    return
  }
  console.log(
    `${shape.lines} lines, ${shape.orders} orders, ${shape.customers} customers, ${shape.products} products`,
  )
  console.log(`load before: ${loadBefore.toFixed(2)}`)
  console.log(`kernel  ${row(kernel)}`)
  if (peer === null) return
  console.log(`duckdb  ${row(peer)}`)
  console.log(
    `results equal; ${speedUp?.toFixed(1)} times as fast, ${cpuShare?.toFixed(2)} of the processor time, ${memoryShare?.toFixed(2)} of the memory`,
  )
}

function row({ seconds, cpuSeconds, peakBytes, steps }: Measurement): string {
  const details = Object.entries(steps).map(([name, at]) => `${name} until ${at.toFixed(1)} s`)
  return `${seconds.toFixed(1)} s  ${cpuSeconds.toFixed(1)} s of processor time  ${Math.round(peakBytes / 1e6)} MB  (${details.join(', ')})`
}
