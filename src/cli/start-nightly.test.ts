import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import test from 'node:test'
import { nightOf, outcomeOf } from './start-nightly.ts'

test('each day has one night, which begins at three by the clock of the machine, also when clocks are changed', () => {
  // 2026-03-29 and 2026-10-25: clocks change in Europe; where this machine keeps UTC all days are alike.
  for (const [year, month, day] of [
    [2026, 2, 29],
    [2026, 9, 25],
    [2026, 11, 31],
  ] as const) {
    const at = (hour: number, minute = 0) => new Date(year, month, day, hour, minute).getTime()
    assert.equal(nightOf(at(0)), null)
    const night = nightOf(at(4))
    assert.notEqual(night, null)
    for (const hour of [4, 12, 23]) assert.equal(nightOf(at(hour, 59)), night)
    assert.equal(nightOf(new Date(year, month, day + 1, 5).getTime()), (night ?? 0) + 1)
  }
})

test('a refresh that fails, is killed or cannot even start is told with what it said, and ends nothing else', async () => {
  const run = (program: string, script: string) =>
    outcomeOf(spawn(program, ['-e', script], { stdio: ['ignore', 'ignore', 'pipe'] }))
  assert.deepEqual(await run(process.execPath, ''), { code: 0, said: '' })
  assert.deepEqual(await run(process.execPath, 'console.error("no disk"); process.exitCode = 3'), {
    code: 3,
    said: 'no disk',
  })
  assert.deepEqual(await run(process.execPath, 'process.kill(process.pid, "SIGKILL")'), {
    code: null,
    said: '',
  })
  const { code, said } = await run('/there/is/no/such/program', '')
  assert.equal(code, null)
  assert.match(said, /ENOENT/)
})
