// Why a person gets no advertising on a medium, be it a message of its own or the suggestion in a confirmation (requirement
// C2 of docs/reliability.md). In: what is known of them, where they are, who sends. Out: the reason, or `null` where
// nothing speaks against it. Consent without a suppression is not enough on its own, nor the other way round.

import type { ClaimFacts } from './claim.ts'
import { mayReceive } from './may-receive.ts'
import type { Medium } from './recipient.ts'
import { isSuppressed } from './suppression.ts'

export function whyNoMarketing(
  { suppressions, consents }: Pick<ClaimFacts, 'suppressions' | 'consents'>,
  to: { readonly medium: Medium; readonly country: string | null; readonly legalEntity: string },
  nowMs: number,
): 'suppressed' | 'no-consent' | null {
  if (isSuppressed(suppressions, to.medium, nowMs)) return 'suppressed'
  return mayReceive(consents, { ...to, purpose: 'marketing' }).kind === 'allowed' ? null : 'no-consent'
}
