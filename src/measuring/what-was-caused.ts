// What the hold-out says by now. Comes in: the moment, the share in the settings. Goes out, for each window: the answer of the term
// that runs (domain/hold-out-term.ts), or its alarm; until that one can tell, the answer of the latest one that could, with its
// dates; nothing where nobody was ever held out. Customers who were met before a term are in none of its figures. Fails only
// where the store does.

import type { HoldOutTerm } from '../domain/hold-out-term.ts'
import type { MeasureStore } from '../ports/measure-store.ts'
import type { TrialStore } from '../ports/trial-store.ts'
import type { Caused } from './figures.ts'
import { type HoldOutQuestion, measureHoldOut } from './measure-hold-out.ts'

export type CausedStore = Pick<MeasureStore, 'unitMoments'> & Pick<TrialStore, 'holdOutTerms'>

export type CausedQuestion = Omit<HoldOutQuestion, 'term' | 'windowDays'> & { readonly holdOutShare: number }

export async function whatWasCaused(
  question: CausedQuestion,
  { store }: { readonly store: CausedStore },
): Promise<readonly Caused[]> {
  const terms = termsUntil(await store.holdOutTerms(), question)
  const within = (windowDays: Caused['windowDays']) => causedWithin(windowDays, terms, question, store)
  const told = [await within(30), await within(90)]
  return told.filter((one) => one !== null)
}

async function causedWithin(
  windowDays: Caused['windowDays'],
  terms: readonly Term[],
  question: CausedQuestion,
  store: CausedStore,
): Promise<Caused | null> {
  let running: Caused | null = null
  for (const term of terms) {
    const caused = await measureHoldOut({ ...question, windowDays, term }, { store })
    // A split that is broken now needs the owner: no answer of before may hide it.
    const isLatest = running === null
    if (isLatest && caused.sampleRatioAlarm) return caused
    if (caused.perOrder !== null && !caused.sampleRatioAlarm) return caused
    running ??= caused
  }
  return running
}

type Term = HoldOutQuestion['term']

/** The latest first, without those in which nobody was held out. A shop that decided nothing yet has its settings alone. */
export function termsUntil(
  terms: readonly HoldOutTerm[],
  { untilMs, holdOutShare }: { readonly untilMs: number; readonly holdOutShare: number },
): readonly Term[] {
  const begun = terms.filter(({ fromMs }) => fromMs < untilMs)
  const known = begun.length === 0 ? [{ fromMs: 0, share: holdOutShare }] : begun
  return known
    .map(
      ({ fromMs, share }, i): Term => ({
        share,
        fromMs: fromMs === 0 ? null : fromMs,
        untilMs: known[i + 1]?.fromMs ?? null,
      }),
    )
    .filter(({ share }) => share > 0)
    .toReversed()
}
