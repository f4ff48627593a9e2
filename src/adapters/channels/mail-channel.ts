// The frame of every channel for mail. Comes in: how to send one that was checked. Goes out: a channel that turns away what
// goes nowhere, and sends each id once.

import type { Channel, SendOutcome } from '../../ports/channel.ts'
import { checkMail, type MailOutgoing } from './check-outgoing.ts'
import { onceById } from './once-by-id.ts'

export function mailChannel(
  name: string,
  send: (mail: MailOutgoing) => Promise<SendOutcome>,
  close: () => Promise<void> = async () => {},
): Channel {
  const sendOnce = onceById(send)
  return {
    name,
    medium: 'email',
    async send(message) {
      const checked = checkMail(message)
      return checked.kind === 'mail' ? sendOnce(checked.mail) : checked
    },
    close,
  }
}
