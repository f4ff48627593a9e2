// The salt by which customers are assigned to tests: of this installation, so that no outsider can tell who is held out.

import { createHmac } from 'node:crypto'

export function assignmentSalt(secret: Buffer): string {
  return createHmac('sha256', secret).update('assignment to tests').digest('hex').slice(0, 32)
}
