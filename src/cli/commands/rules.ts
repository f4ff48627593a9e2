// aftercart rules: everything the owner said, as a list; one rule, said or taken back (state-rules.ts); and all of it as a
// file under version control: `check` it, `apply` it (what it holds is said, what it no longer holds is taken back),
// `export` what holds into one.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Changes, compareWords, stateWords } from '../../deciding/state-words.ts'
import { AppError } from '../../domain/errors.ts'
import { isoDate } from '../../domain/instant.ts'
import type { HeldWord, RecordedStatement } from '../../domain/owner-word.ts'
import { readableTitle } from '../../domain/product.ts'
import { wholeNumber } from '../arguments.ts'
import { type Installation, withInstallation } from '../installation.ts'
import { countOf, type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import { type FileProblem, readRulesFile } from '../rules-file/read-rules-file.ts'
import { writeRulesFile } from '../rules-file/write-rules-file.ts'
import { sayTakenBack, sayWord } from '../say-word.ts'
import { localSpeaker } from '../speaker.ts'
import { addStateRules } from './state-rules.ts'

type FileOptions = OutputOptions & { readonly file: string }
type ListOptions = OutputOptions & { readonly history?: number }

export function addRulesCommand(program: Command): void {
  const rules = program
    .command('rules')
    .description('list everything you said about pairings, and keep it as a file')
    .option(
      '--history <n>',
      'instead the last n things that were said or taken back',
      wholeNumber(1, 100_000),
    )
    .action((options: ListOptions) =>
      withInstallation(options, (installation) => list(options, installation)),
    )
  addStateRules(rules)
  for (const [verb, description, act] of [
    ['check', 'say what is wrong with the file, and what applying it would change', check],
    ['apply', 'say what the file says; what it no longer holds is taken back', apply],
    ['export', 'write what holds now into a new file', exportWords],
  ] as const) {
    rules
      .command(verb)
      .description(description)
      .option('--file <path>', 'the rules file', 'aftercart-rules.json')
      .action((_: unknown, command: Command) => {
        const options = command.optsWithGlobals<FileOptions>()
        return withInstallation(options, (installation) => act(options, installation))
      })
  }
}

async function list(options: ListOptions, { store }: Installation): Promise<void> {
  const said =
    options.history === undefined
      ? await store.listOwnerWords()
      : await store.ownerWordHistory(options.history)
  if (options.json) printJson(said.map(toJson))
  else printWords(said)
}

/** The file speaks for the words that came from it, and for no others. */
const ofFile = ({ source }: HeldWord): boolean => source === 'file'

async function check(options: FileOptions, installation: Installation): Promise<void> {
  const { words, problems } = await readWords(options.file, installation)
  const held = await installation.store.listOwnerWords()
  report(compareWords(words, held, { source: 'file' }, ofFile), problems, options, 'would be')
  refuseErrors(options.file, problems, 'Mend it before you apply it')
}

async function apply(options: FileOptions, installation: Installation): Promise<void> {
  const { words, problems } = await readWords(options.file, installation)
  refuseErrors(options.file, problems, 'Nothing was applied; "aftercart rules check" lists all that is wrong')
  const changes = await stateWords(words, localSpeaker('file'), ofFile, installation)
  report(changes, problems, options, 'was')
}

async function exportWords(options: FileOptions, { store }: Installation): Promise<void> {
  if (existsSync(options.file))
    throw new AppError(
      'invalid-argument',
      `${options.file} exists already and may hold comments of yours; name another with --file.`,
    )
  const held = await store.listOwnerWords()
  const titles = new Map((await store.listProducts()).map(({ id, title }) => [id, readableTitle(title)]))
  const text = writeRulesFile(
    held.map(({ word }) => word),
    (id) => titles.get(id) ?? id,
  )
  writeFileSync(options.file, text, { flag: 'wx' })
  if (options.json) printJson({ file: options.file, words: held.length })
  else
    process.stdout.write(
      `${options.file} now holds ${countOf(held.length, 'word')}; keep it under version control.\n`,
    )
}

async function readWords(path: string, { store }: Installation) {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new AppError(
      'file-not-found',
      `${path} cannot be read; name the rules file with --file, or make one with "aftercart rules export".`,
      error,
    )
  }
  const catalog = await store.listProducts()
  return readRulesFile(text, {
    products: new Set(catalog.map(({ id }) => id)),
    categories: new Set(catalog.flatMap(({ category }) => category ?? [])),
  })
}

function refuseErrors(path: string, problems: readonly FileProblem[], so: string): void {
  const [first, ...more] = problems.filter(({ severity }) => severity === 'error')
  if (first === undefined) return
  const rest = more.length === 0 ? '' : `, and ${more.length} more`
  throw new AppError('settings-invalid', `${sayProblem(path, first)}${rest}. ${so}.`)
}

function sayProblem(path: string, { line, what, fix }: FileProblem): string {
  return `${path}, line ${line}: ${what}: ${fix}`
}

function report(
  changes: Changes,
  problems: readonly FileProblem[],
  options: FileOptions,
  tense: 'was' | 'would be',
): void {
  const { said, takenOver, takenBack, unchanged } = changes
  if (options.json) {
    printJson({ said, takenOver, takenBack, unchanged, problems })
    return
  }
  printLines([
    ...problems.map((one) => sayProblem(options.file, one)),
    ...said.map((word) => `+ ${sayWord(word).join(' ')}`),
    ...takenOver.map((word) => `= ${sayWord(word).join(' ')}`),
    ...takenBack.map((word) => `- ${sayWord(word).join(' ')}`),
  ])
  const over =
    takenOver.length === 0
      ? ''
      : ` ${countOf(takenOver.length, 'word')} that ${takenOver.length === 1 ? 'holds' : 'hold'} already ${tense} taken over by the file.`
  process.stdout.write(
    `New words: ${said.length}; taken back: ${takenBack.length}; unchanged: ${unchanged + takenOver.length}.${over}\n`,
  )
}

function toJson({ word, key, source, saidBy, saidAtMs }: RecordedStatement): unknown {
  return { ...(word ?? { takenBack: key }), source, saidBy, saidAt: new Date(saidAtMs).toISOString() }
}

function printWords(said: readonly RecordedStatement[]): void {
  if (said.length === 0) {
    process.stdout.write(
      'You have said nothing yet: "aftercart pairings --help" and docs/guide/owner.md say how.\n',
    )
    return
  }
  printTable(
    ['word', 'about', 'by', 'on'],
    said.map(({ word, key, source, saidBy, saidAtMs }) => [
      ...(word === null ? sayTakenBack(key) : sayWord(word)),
      `${saidBy} (${source})`,
      isoDate(saidAtMs),
    ]),
  )
}
