// aftercart rules never|only|ceiling: one rule of the owner, said or taken back, heeded by running servers within seconds
// and by every later mining. A thing is a product by its id, or a category as "category:knives".

import type { Command } from 'commander'
import { AppError } from '../../domain/errors.ts'
import { type RuleWord, type Subject, wordKey } from '../../domain/owner-word.ts'
import { defaultSettings } from '../../domain/settings.ts'
import { idList, shareUpTo } from '../arguments.ts'
import { type Installation, withInstallation } from '../installation.ts'
import { type OutputOptions, printJson, printLines } from '../output.ts'
import { sayWord } from '../say-word.ts'
import { localSpeaker } from '../speaker.ts'

type RuleOptions = OutputOptions & { readonly takeBack: boolean }

/** As in the rules file: more than ten times the price is no ceiling. */
const ceilingShare = shareUpTo(10)

export function addStateRules(rules: Command): void {
  const { anchorShare, subtotalShare } = defaultSettings.priceCeiling
  const takeBack = ['--take-back', 'take this rule back', false] as const
  rules
    .command('never <add-on>')
    .description('never offer it to an order that holds the other; without --with, to no order at all')
    .option('--with <thing>', 'a product by its id, or category:<name>')
    .option(...takeBack)
    .action((addOn: string, options: { readonly with?: string }, command: Command) => {
      const other = options.with === undefined ? null : thing(options.with)
      return state({ kind: 'never-with', addOn: thing(addOn), with: other }, command)
    })
  rules
    .command('only <add-on>')
    .description('offer it only to orders that hold one of the others')
    .option('--with <things>', 'product ids or category:<name>, with commas between', idList)
    .option(...takeBack)
    .action((addOn: string, options: { readonly with?: readonly string[] }, command: Command) => {
      const { takeBack } = command.opts<RuleOptions>()
      if (options.with === undefined && !takeBack)
        throw new AppError('invalid-argument', 'Say with what it may be offered: --with <things>.')
      return state({ kind: 'only-with', addOn: thing(addOn), with: (options.with ?? []).map(thing) }, command)
    })
  rules
    .command('ceiling <category>')
    .description('the most that an add-on of the category may cost, in place of the ceiling in the settings')
    .option('--anchor-share <share>', 'of the price of what was bought', ceilingShare, anchorShare)
    .option('--subtotal-share <share>', 'or of the order, whichever allows more', ceilingShare, subtotalShare)
    .option(...takeBack)
    .action(
      (
        category: string,
        shares: { readonly anchorShare: number; readonly subtotalShare: number },
        command: Command,
      ) => {
        const { anchorShare: ofAnchor, subtotalShare: ofOrder } = shares
        return state({ kind: 'ceiling', category, anchorShare: ofAnchor, subtotalShare: ofOrder }, command)
      },
    )
}

function thing(written: string): Subject {
  const category = /^category:\s*(.+)$/.exec(written)?.[1]
  return category === undefined ? { product: written } : { category }
}

async function state(word: RuleWord, command: Command): Promise<void> {
  const options = command.optsWithGlobals<RuleOptions>()
  await withInstallation(options, async (installation) => {
    const { store, clock } = installation
    const key = wordKey(word)
    const held = (await store.listOwnerWords()).find((one) => one.key === key)
    if (options.takeBack && held === undefined)
      throw new AppError(
        'invalid-argument',
        `No such rule holds: ${sayWord(word).join(' ')}; "aftercart rules" lists those that do.`,
      )
    if (!options.takeBack) await refuseUnknown(word, installation)
    const said = { ...localSpeaker('cli'), saidAtMs: clock.nowMs() }
    await store.sayOwnerWords([{ key, word: options.takeBack ? null : word, ...said }])
    if (options.json) printJson({ word: held?.word ?? word, holds: !options.takeBack })
    else
      printLines([
        `${options.takeBack ? '-' : '+'} ${sayWord(held && options.takeBack ? held.word : word).join(' ')}`,
      ])
  })
}

async function refuseUnknown(word: RuleWord, { store }: Installation): Promise<void> {
  const catalog = await store.listProducts()
  const products = new Set(catalog.map(({ id }) => id))
  const categories = new Set(catalog.flatMap(({ category }) => category ?? []))
  const others = word.kind === 'ceiling' ? [] : word.kind === 'only-with' ? word.with : [word.with]
  const subjects = word.kind === 'ceiling' ? [{ category: word.category }] : [word.addOn, ...others]
  for (const subject of subjects) {
    if (subject === null) continue
    if ('product' in subject ? products.has(subject.product) : categories.has(subject.category)) continue
    const what = 'product' in subject ? `product ${subject.product}` : `category "${subject.category}"`
    throw new AppError(
      'invalid-argument',
      `The catalog knows no ${what}; "aftercart products" shows ids and categories, and category:<name> names one.`,
    )
  }
}
