// aftercart experiments list|show|create|test|plan|start|stop|adopt: what is asked of the shop's own customers, and what they answered.
// Running servers heed it within seconds.

import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { adoptVariation } from '../../deciding/adopt-variation.ts'
import { createExperiment } from '../../deciding/create-experiment.ts'
import type { WrittenExperiment } from '../../domain/check-experiment.ts'
import { AppError } from '../../domain/errors.ts'
import type { Experiment } from '../../domain/experiment.ts'
import { isoDate } from '../../domain/instant.ts'
import { readableTitle } from '../../domain/product.ts'
import { experimentBody } from '../../http/experiment-schemas.ts'
import { sayIssue } from '../../http/say-issue.ts'
import { testDraft } from '../../measuring/advice/test-button.ts'
import { stopExperiment } from '../../measuring/end-experiment.ts'
import { type ExperimentRow, experimentRow } from '../../measuring/experiment-row.ts'
import { measureExperiments } from '../../measuring/measure-experiments.ts'
import { type ExperimentPlan, planExperiment } from '../../measuring/plan-experiment.ts'
import { readBaseline } from '../../measuring/read-baseline.ts'
import { shopCurrency } from '../../measuring/shop-currency.ts'
import { startExperiment } from '../../measuring/start-experiment.ts'
import { type Installation, withInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { formatCount, type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import { localSpeaker } from '../speaker.ts'

type Act = (installation: Installation, options: OutputOptions) => Promise<void>

export function addExperimentsCommand(program: Command): void {
  const experiments = program
    .command('experiments')
    .description('ask the customers: list, show, create, test, plan, start, stop and adopt experiments')
  const opened = (act: Act) => (command: Command) => {
    const options = command.optsWithGlobals<OutputOptions>()
    return withInstallation(options, (installation) => act(installation, options))
  }
  experiments
    .command('list', { isDefault: true })
    .description('all of them, the newest first')
    .action((_: unknown, command: Command) => opened(list)(command))
  experiments
    .command('create <file>')
    .description('put down an experiment as a draft, from a JSON file as POST /v1/experiments takes it')
    .action((file: string, _: unknown, command: Command) =>
      opened((installation, options) => create(file, installation, options))(command),
    )
  experiments
    .command('test <product> <add-on>')
    .description('put down as a draft: would this add-on earn more if it came first with the product?')
    .action((product: string, addOn: string, _: unknown, command: Command) =>
      opened((installation, options) => test(product, addOn, installation, options))(command),
    )
  for (const [verb, description, act] of [
    ['show', 'one with its figures', show],
    ['plan', 'how many customers it needs, and for how many days', plan],
    ['start', 'start it; its variations never change from then on', start],
    ['stop', 'end it, with the verdict of this moment', stop],
  ] as const)
    experiments
      .command(`${verb} <id>`)
      .description(description)
      .action((id: string, _: unknown, command: Command) =>
        opened(async (installation, options) => act(await find(id, installation), installation, options))(
          command,
        ),
      )
  experiments
    .command('adopt <id> <variation>')
    .description('put a variation of one that ended in the place of the control')
    .action((id: string, variation: string, _: unknown, command: Command) =>
      opened(async (installation, options) =>
        adopt(await find(id, installation), variation, installation, options),
      )(command),
    )
}

async function find(id: string, { store }: Installation): Promise<Experiment> {
  const experiment = await store.getExperiment(id)
  if (experiment !== null) return experiment
  throw new AppError(
    'invalid-argument',
    `There is no experiment ${id}; "aftercart experiments list" lists them.`,
  )
}

/** What measuring stands on. */
async function measuringOver(installation: Installation) {
  const { store, settings, clock } = installation
  const currency = shopCurrency(await loadCurrentPlan(installation)) ?? ''
  return { store, settings, clock, currency }
}

async function rowsOf(
  experiments: readonly Experiment[],
  installation: Installation,
): Promise<ExperimentRow[]> {
  const looked = experiments.filter(({ startedAtMs }) => startedAtMs !== null)
  const measured =
    looked.length === 0 ? [] : await measureExperiments(looked, await measuringOver(installation))
  return experiments.map((one) =>
    experimentRow(one, measured.find(({ experiment }) => experiment.id === one.id) ?? null),
  )
}

async function list(installation: Installation, { json }: OutputOptions): Promise<void> {
  const rows = await rowsOf(await installation.store.listExperiments(), installation)
  if (json) return printJson({ experiments: rows })
  if (rows.length === 0)
    return printLines([
      'No experiment has been put down yet: docs/guide/experiments.md says what to test first.',
    ])
  printTable(
    ['experiment', 'state', 'since', 'customers', 'what it says'],
    rows.map((row) => [
      row.id,
      row.adopted === null ? row.state : `${row.state}, ${row.adopted} adopted`,
      (row.endedAt ?? row.startedAt ?? row.createdAt).slice(0, 10),
      formatCount((row.figures ?? []).reduce((sum, { customers }) => sum + customers, 0)),
      row.sentence ?? '',
    ]),
  )
}

async function show(
  experiment: Experiment,
  installation: Installation,
  { json }: OutputOptions,
): Promise<void> {
  const [row] = await rowsOf([experiment], installation)
  if (row === undefined) return
  if (json) return printJson(row)
  const since = experiment.startedAtMs === null ? 'not started' : `since ${isoDate(experiment.startedAtMs)}`
  printLines([`${row.name} (${row.state}, ${since})`, row.hypothesis, ''])
  const money = row.primaryMetric !== 'attach-rate'
  const amount = (value: number) => (money ? (value / 100).toFixed(2) : value.toFixed(4))
  printTable(
    ['variation', 'share', 'customers', row.primaryMetric, 'difference', 'between'],
    row.variations.map(({ id, share }) => {
      const found = row.figures?.find(({ variation }) => variation === id)
      const difference = found?.difference ?? null
      return [
        id,
        `${(share * 100).toFixed(0)} %`,
        formatCount(found?.customers ?? 0),
        found === undefined ? '' : amount(found.mean),
        difference === null ? '' : amount(difference.value),
        difference === null ? '' : `${amount(difference.low)} and ${amount(difference.high)}`,
      ]
    }),
  )
  if (row.sentence !== null) printLines(['', row.sentence])
}

async function create(file: string, installation: Installation, { json }: OutputOptions): Promise<void> {
  const written = experimentBody.safeParse(readJsonFile(file))
  if (!written.success) {
    const [issue] = written.error.issues
    const said = issue === undefined ? 'it is not valid' : sayIssue(issue)
    throw new AppError('invalid-argument', `${file}: ${said}.`)
  }
  const created = await putDown(written.data, installation)
  if (created.kind === 'wrong')
    throw new AppError('invalid-argument', `${file}: ${created.field}: ${created.why}.`)
  printDraft(created.experiment, json)
}

async function test(
  product: string,
  addOn: string,
  installation: Installation,
  { json }: OutputOptions,
): Promise<void> {
  const { products } = await loadCurrentPlan(installation)
  const named = (id: string) => ({ id, title: readableTitle(products.get(id)?.title ?? id) })
  const draft = experimentBody.parse(testDraft(named(product), named(addOn)))
  const created = await putDown(draft, installation)
  if (created.kind === 'wrong') throw new AppError('invalid-argument', `${created.why}.`)
  printDraft(created.experiment, json)
}

async function putDown(written: WrittenExperiment, installation: Installation) {
  const { store, settings, clock } = installation
  const plan = await loadCurrentPlan(installation)
  const created = await createExperiment(written, { store, plan, settings, clock })
  if (created.kind === 'taken') throw new AppError('experiment-refused', `${created.why}.`)
  return created
}

function printDraft(experiment: Experiment, json: boolean): void {
  const { id, name } = experiment
  if (json) printJson(experimentRow(experiment, null))
  else
    printLines([
      `Put down as a draft: ${name}.`,
      `  aftercart experiments plan ${id}    how long it takes`,
      `  aftercart experiments start ${id}`,
    ])
}

function readJsonFile(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new AppError(
      'file-not-found',
      `${file} cannot be read; name the JSON file of the experiment.`,
      error,
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid-argument', `${file} is not valid JSON; mend it.`, error)
  }
}

async function plan(
  experiment: Experiment,
  installation: Installation,
  { json }: OutputOptions,
): Promise<void> {
  const found = planExperiment(experiment, await readBaseline(experiment, await measuringOver(installation)))
  if (json) printJson(found)
  else printPlan(found)
}

function printPlan({ sentence, warning }: ExperimentPlan): void {
  printLines([sentence, ...(warning === null ? [] : [warning])])
}

async function start(
  experiment: Experiment,
  installation: Installation,
  { json }: OutputOptions,
): Promise<void> {
  const hasShop = installation.settings.accepting.shopUrl !== null
  const outcome = await startExperiment(experiment, { ...(await measuringOver(installation)), hasShop })
  if (outcome.kind === 'refused') throw new AppError('experiment-refused', `${outcome.why}.`)
  if (json) return printJson({ experiment: experimentRow(outcome.experiment, null), plan: outcome.plan })
  printLines([`${experiment.id} runs; servers heed it within seconds.`])
  printPlan(outcome.plan)
}

async function stop(
  experiment: Experiment,
  installation: Installation,
  { json }: OutputOptions,
): Promise<void> {
  const outcome = await stopExperiment(experiment, await measuringOver(installation))
  if (outcome.kind === 'refused') throw new AppError('experiment-refused', `${outcome.why}.`)
  if (json) return printJson(experimentRow(outcome.experiment, null))
  printLines([`${experiment.id} has ended. ${outcome.experiment.verdict}`])
}

async function adopt(
  experiment: Experiment,
  variation: string,
  installation: Installation,
  { json }: OutputOptions,
): Promise<void> {
  const { store, clock } = installation
  const current = await loadCurrentPlan(installation)
  const outcome = await adoptVariation(experiment, variation, localSpeaker('cli'), {
    store,
    plan: current,
    clock,
  })
  if (outcome.kind === 'refused') throw new AppError('experiment-refused', `${outcome.why}.`)
  if (json) return printJson({ experiment: experimentRow(outcome.experiment, null), done: outcome.done })
  printLines([outcome.done])
}
