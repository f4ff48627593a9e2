// The rules of the house that can be counted: who may import whom, one clock, one source of chance, file sizes, names.
// Each failure is a sentence that says where and what to do.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const pure = ['domain', 'stats', 'next', 'ports']
const stages = ['importing', 'mining', 'deciding', 'accepting', 'following-up', 'measuring', 'simulating']

/** Room → rooms it may import from, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  stats: [],
  next: ['domain', 'stats'],
  ports: ['domain'],
  ...Object.fromEntries(stages.map((stage) => [stage, ['domain', 'stats', 'next', 'ports']])),
  // What plants the truth and scores against it knows nothing of the rules that are scored.
  simulating: ['domain', 'stats', 'ports'],
  adapters: ['domain', 'ports'],
  emails: ['domain', 'ports'],
  reporting: ['domain', 'measuring', 'emails'],
  http: [...pure, ...stages, 'emails', 'reporting'],
  // Types of the rows that the server answers with, and nothing that runs.
  dashboard: [],
  storefront: [],
  cli: [...pure, ...stages, 'adapters', 'emails', 'reporting', 'http'],
}

const mayImportTypes: Readonly<Record<string, readonly string[]>> = {
  dashboard: [...pure, ...stages],
  storefront: ['domain'],
}

const withoutPackages = new Set([...pure, ...stages])
const bannedNames = /(^|-)(utils?|helpers?|common|shared|misc|managers?|services?|handlers?|data|info)(-|$)/

type Source = {
  readonly path: string
  readonly text: string
  readonly room: string
  readonly isTest: boolean
}

function filesUnder(folder: string, endings: readonly string[]): string[] {
  let names: string[]
  try {
    names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => join(folder, name))
    .filter((path) => statSync(join(root, path)).isFile())
    .sort()
}

const sources: readonly Source[] = filesUnder('src', ['.ts', '.tsx']).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
  room: path.split('/')[1] ?? '',
  isTest: /\.(test|contract)\.tsx?$/.test(path),
}))

/** Without those that TypeScript takes out again. */
function runningImportsOf(text: string): string[] {
  return importsOf(text.replace(/(^|\n)import type [^'"]*?from\s+['"][^'"]+['"]/g, ''))
}

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
    ),
  ]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter(Boolean)
}

function report(failures: readonly string[]): void {
  assert.equal(failures.length, 0, `\n${failures.join('\n')}\n`)
}

test('every room imports only what the import table allows', () => {
  const failures: string[] = []
  for (const { path, text, room, isTest } of sources) {
    if (isTest) continue
    const allowed = mayImport[room]
    const running = new Set(runningImportsOf(text))
    if (allowed === undefined)
      failures.push(`${path}: src/${room}/ is not a room of the house; see ARCHITECTURE.md.`)
    for (const target of importsOf(text)) {
      if (!target.startsWith('.')) {
        if (withoutPackages.has(room))
          failures.push(`${path}: ${room} is pure and may not import "${target}".`)
        continue
      }
      const targetRoom = relative(root, resolve(root, dirname(path), target)).split('/')[1] ?? ''
      if (targetRoom === room || allowed?.includes(targetRoom)) continue
      if (mayImportTypes[room]?.includes(targetRoom) && !running.has(target)) continue
      // The demo mounts the example shop with its bank, which knows nothing of the house but its API.
      if (/^src\/cli\/(commands\/demo|demo-settings)\.ts$/.test(path) && target.includes('/examples/shop/'))
        continue
      failures.push(`${path}: ${room} may not import from ${targetRoom} ("${target}").`)
    }
  }
  report(failures)
})

test('no import leads back to where it came from', () => {
  const graph = new Map(
    sources.map(({ path, text }) => [
      path,
      importsOf(text)
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(root, resolve(root, dirname(path), target))),
    ]),
  )
  const done = new Set<string>()
  const failures: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      failures.push(`A cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}.`)
      return
    }
    if (done.has(path)) return
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  report(failures)
})

test('time comes from the clock and chance from the seeded random', () => {
  const failures: string[] = []
  const rules: readonly (readonly [RegExp, string, readonly string[]])[] = [
    [
      /\bDate\.now\(/,
      'takes the time from the clock effect',
      ['src/adapters/clock/', 'src/dashboard/', 'src/storefront/'],
    ],
    [
      /\bnew Date\(\)/,
      'takes the time from the clock effect',
      ['src/adapters/clock/', 'src/dashboard/', 'src/storefront/'],
    ],
    [/\bMath\.random\(/, 'takes chance from a seeded random effect', []],
    [/\bprocess\.env\b/, 'reads no environment; src/cli does', ['src/cli/']],
  ]
  for (const { path, text, isTest } of sources) {
    if (isTest) continue
    for (const [pattern, duty, places] of rules) {
      if (places.some((place) => path.startsWith(place))) continue
      if (pattern.test(text)) failures.push(`${path}: a file here ${duty} (${pattern.source}).`)
    }
  }
  report(failures)
})

test('files are small, open with prose and have names that say what they hold', () => {
  const failures: string[] = []
  for (const { path, text, isTest } of sources) {
    const lines = text.split('\n').length
    if (lines > 401) failures.push(`${path}: ${lines} lines; a file over 400 is a room too large to know.`)
    if (!isTest && !text.startsWith('//') && !text.startsWith('/*')) {
      failures.push(`${path}: opens without saying what comes in, what goes out and what can go wrong.`)
    }
    if (/\bexport default\b/.test(text) && !path.endsWith('vite.config.ts'))
      failures.push(`${path}: has a default export.`)
    if (/(^|\n)\s*export \* from/.test(text))
      failures.push(`${path}: is a barrel; import from the file itself.`)
    const name = basename(path).replace(/(\.test|\.contract|\.config|\.d)?\.tsx?$/, '')
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) failures.push(`${path}: names are kebab-case.`)
    for (const part of [name, ...dirname(path).split('/')]) {
      if (bannedNames.test(part)) failures.push(`${path}: "${part}" says nothing; name what it holds.`)
    }
  }
  report(failures)
})

test('every .sql file opens with its question', () => {
  const failures = filesUnder('src', ['.sql'])
    .filter((path) => !readFileSync(join(root, path), 'utf8').startsWith('--'))
    .map((path) => `${path}: opens without its question, grain, parameters and order.`)
  report(failures)
})

test('no statement of a stage numbers rows in whatever order the engine finds them', () => {
  // Numbers from OVER () differ from run to run, and with them the seeded sample of a very large basket.
  const failures = ['mining', 'measuring']
    .flatMap((stage) => filesUnder(`src/${stage}`, ['.sql']))
    .filter((path) => /row_number\(\)\s+OVER\s*\(\s*\)/i.test(readFileSync(join(root, path), 'utf8')))
    .map((path) => `${path}: row_number() needs an ORDER BY, or the same history gives another plan.`)
  report(failures)
})

test('no two tests have the same title', () => {
  const seen = new Map<string, string>()
  const failures: string[] = []
  for (const path of [...filesUnder('src', ['.test.ts']), ...filesUnder('test', ['.test.ts'])]) {
    for (const match of readFileSync(join(root, path), 'utf8').matchAll(/\n\s*test\(\s*(['"])(.+?)\1,/g)) {
      const title = match[2] ?? ''
      const other = seen.get(title)
      if (other !== undefined) failures.push(`${path}: "${title}" is also a test in ${other}.`)
      seen.set(title, path)
    }
  }
  report(failures)
})
