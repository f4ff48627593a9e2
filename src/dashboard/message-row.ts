// A message as GET /v1/messages tells of it.

export type MessageRow = {
  readonly id: string
  readonly orderId: string
  readonly flow: string
  readonly medium: 'email' | 'sms'
  readonly state: 'scheduled' | 'claimed' | 'sent' | 'rejected' | 'ambiguous' | 'cancelled' | 'dead'
  readonly dueAt: string | null
  readonly settledAt: string | null
  readonly reason: string | null
  readonly products: readonly string[]
}
