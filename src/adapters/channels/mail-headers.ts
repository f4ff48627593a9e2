// The headers that a mail of ours carries besides those that every mail has. Comes in: a checked message. Goes out: each
// name once. One-click unsubscribing is RFC 8058 (requirement C3 of docs/reliability.md), the mark of an automatic mail
// RFC 3834, so that no out-of-office reply comes back.

import { isMarketing } from '../../domain/message.ts'
import type { MailOutgoing } from './check-outgoing.ts'

export type MailHeader = { readonly name: string; readonly value: string }

export function mailHeaders(message: MailOutgoing): readonly MailHeader[] {
  const { unsubscribeUrl } = message.content
  return [
    { name: 'Auto-Submitted', value: 'auto-generated' },
    ...(isMarketing(message.class) ? [{ name: 'Precedence', value: 'bulk' }] : []),
    ...(unsubscribeUrl === null
      ? []
      : [
          { name: 'List-Unsubscribe', value: `<${unsubscribeUrl}>` },
          { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
        ]),
  ]
}
