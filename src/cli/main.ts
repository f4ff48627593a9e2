// The command line. Comes in: the arguments. Goes out: what the command prints; exit code 0, or 1 with one sentence on
// standard error that says what was wrong and what to do, followed by the code of docs/errors.md.

import { Command, CommanderError } from 'commander'
import { AppError } from '../domain/errors.ts'
import { printLines } from './output.ts'
import { readVersion } from './version.ts'

/** Only what was asked for is loaded: a command starts sooner and leaves its memory to the work. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  demo: async () => (await import('./commands/demo.ts')).addDemoCommand,
  import: async () => (await import('./commands/import.ts')).addImportCommand,
  mine: async () => (await import('./commands/mine.ts')).addMineCommand,
  refresh: async () => (await import('./commands/refresh.ts')).addRefreshCommand,
  pairings: async () => (await import('./commands/pairings.ts')).addPairingsCommand,
  rules: async () => (await import('./commands/rules.ts')).addRulesCommand,
  decide: async () => (await import('./commands/decide.ts')).addDecideCommand,
  preview: async () => (await import('./commands/preview.ts')).addPreviewCommand,
  backtest: async () => (await import('./commands/backtest.ts')).addBacktestCommand,
  calculate: async () => (await import('./commands/calculate.ts')).addCalculateCommand,
  'evaluate-policy': async () => (await import('./commands/evaluate-policy.ts')).addEvaluatePolicyCommand,
  simulate: async () => (await import('./commands/simulate.ts')).addSimulateCommand,
  serve: async () => (await import('./commands/serve.ts')).addServeCommand,
  worker: async () => (await import('./commands/worker.ts')).addWorkerCommand,
  products: async () => (await import('./commands/products.ts')).addProductsCommand,
  'check-catalog': async () => (await import('./commands/check-catalog.ts')).addCheckCatalogCommand,
  swaps: async () => (await import('./commands/swaps.ts')).addSwapsCommand,
  plans: async () => (await import('./commands/plans.ts')).addPlansCommand,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctorCommand,
  key: async () => (await import('./commands/key.ts')).addKeyCommand,
  suppressions: async () => (await import('./commands/suppressions.ts')).addSuppressionsCommand,
}

export async function main(argv: readonly string[]): Promise<void> {
  // Who reads only the first lines (`aftercart pairings | head`) has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  try {
    const program = await createProgram(argv[2] ?? '')
    await program.parseAsync([...argv])
  } catch (error) {
    process.exitCode = report(error, argv.includes('--verbose'))
  }
}

async function createProgram(asked: string): Promise<Command> {
  // Commands take these settings over when they are made, and so do the commands below them.
  const program = new Command('aftercart')
    .description(
      'What your customers really buy together and next, offered after payment, one or two at a time.',
    )
    .version(readVersion(), '--version')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
  const named =
    asked === '--version' ? [] : Object.hasOwn(commands, asked) ? [commands[asked]] : Object.values(commands)
  for (const load of named) (await load?.())?.(program)
  for (const command of program.commands) {
    // The demo has a folder of its own, so that it never meets a real installation.
    if (!command.options.some(({ long }) => long === '--data'))
      command.option('--data <folder>', 'where everything is kept', './aftercart-data')
    command
      .option('--json', 'print one JSON document and nothing else', false)
      .option('--verbose', 'on failure, print where it happened', false)
  }
  return program
}

/** One sentence on standard error; the exit code. */
function report(error: unknown, verbose: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    const sentence = error.message.replace(/^error: /, '').replace(/\.$/, '')
    const told =
      sentence === '(outputHelp)'
        ? []
        : [`aftercart: ${sentence}; --help lists what there is. [invalid-argument]`]
    printLines(told, process.stderr)
    return 1
  }
  if (error instanceof AppError) {
    printLines([`aftercart: ${error.message} [${error.code}]`], process.stderr)
    if (verbose) printLines([...linesOf(error), ...linesOf(error.cause)], process.stderr)
    return 1
  }
  const message = error instanceof Error ? error.message : String(error)
  const where = verbose ? linesOf(error) : ['Run it again with --verbose to see where.']
  printLines(
    [`aftercart: something went wrong that was not foreseen: ${message} [internal]`, ...where],
    process.stderr,
  )
  return 1
}

function linesOf(error: unknown): string[] {
  return error instanceof Error ? (error.stack ?? error.message).split('\n') : []
}
