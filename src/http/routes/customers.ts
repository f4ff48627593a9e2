// A customer's consent, their data, their erasure. {id} is the shop's customer id, an e-mail address, or a phone number as
// +15125550100; a request may name all three, as Shopify's privacy topics do. The plain values go no further than here.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Medium } from '../../domain/recipient.ts'
import { erasePerson, exportPerson } from '../../following-up/erase-person.ts'
import { giveConsent } from '../../following-up/give-consent.ts'
import { consentBody } from '../contact-schemas.ts'
import type { HttpEffects } from '../effects.ts'
import { personOf } from '../person-of.ts'
import { problem } from '../problem.ts'
import { bodyProblems, id, problemResponse, usualProblems } from '../schemas.ts'
import { toConsentEvent } from '../to-recipient.ts'

const security = [{ apiKey: [] }]
const address = z.string().trim().max(254).optional()
const alsoKnownAs = z.object({ email: address, phone: address })

const sharedNumber = z.boolean().openapi({
  description:
    'Asked for by a phone number that stands in the orders of several people, so that none of them was meant for sure: say an e-mail address or the customer id, too',
})

const consentRoute = createRoute({
  method: 'post',
  path: '/v1/customers/{id}/consent',
  summary: 'What a customer agreed to, or took back',
  description:
    'Added to a log. {id} is the e-mail address or phone number that it is about, or the customer id: then it is about the address that came with their orders. What is taken back is of all their addresses; to give it where there are several, name the one. Express consent given anew ends an earlier unsubscription.',
  security,
  request: {
    params: z.object({ id }),
    body: { required: true, content: { 'application/json': { schema: consentBody } } },
  },
  responses: {
    200: {
      description: 'Heard; messages that may no longer be sent are cancelled',
      content: { 'application/json': { schema: z.object({ messagesCancelled: z.number() }) } },
    },
    ...bodyProblems,
    404: problemResponse('No address of this customer is known'),
  },
})

const exportRoute = createRoute({
  method: 'get',
  path: '/v1/customers/{id}',
  summary: 'Everything that is known of a customer',
  security,
  request: { params: z.object({ id }), query: alsoKnownAs },
  responses: {
    200: {
      description: 'Contacts in the clear, and all rows by table; empty for somebody unknown',
      content: {
        'application/json': {
          schema: z.object({
            contacts: z.array(
              z.object({
                orderId: z.string(),
                email: z.string().nullable(),
                phone: z.string().nullable(),
                name: z.string().nullable(),
              }),
            ),
            tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
            sharedNumber,
          }),
        },
      },
    },
    ...usualProblems,
  },
})

const eraseRoute = createRoute({
  method: 'delete',
  path: '/v1/customers/{id}',
  summary: 'Erase a customer',
  description:
    'Addresses, saved payment methods and what they bought are gone when this is answered; their orders become those of a guest, and no message reaches them again.',
  security,
  request: { params: z.object({ id }), query: alsoKnownAs },
  responses: {
    200: {
      description: 'Erased; sending it again changes nothing',
      content: {
        'application/json': {
          schema: z.object({ orders: z.number(), messagesCancelled: z.number(), sharedNumber }),
        },
      },
    },
    ...usualProblems,
  },
})

export function addCustomers(app: OpenAPIHono, effects: HttpEffects): void {
  const { followingUp, messaging, erasures } = effects
  const named = (...names: readonly (string | undefined)[]) =>
    personOf(
      names.filter((name) => name !== undefined),
      effects,
    )
  /** What is an address itself is nobody else's; a customer id leads to the addresses that came with their orders. */
  const addressesOf = async (name: string, medium: Medium): Promise<ReadonlySet<string>> => {
    const own = messaging.hashRecipient(medium, name)
    if (own !== null) return new Set([own])
    const { contacts } = await exportPerson(named(name), followingUp)
    const addresses = contacts.map(({ email, phone }) => (medium === 'email' ? email : phone) ?? '')
    const hashes = addresses.map((address) => messaging.hashRecipient(medium, address))
    return new Set(hashes.filter((hash) => hash !== null))
  }
  app.openapi(consentRoute, async (c) => {
    const body = c.req.valid('json')
    const hashes = await addressesOf(c.req.valid('param').id, body.medium)
    const kind = body.medium === 'email' ? 'e-mail address' : 'phone number such as +15125550100'
    if (hashes.size === 0) {
      const detail = `No ${kind} of this customer is known; name it in the place of the customer id.`
      return problem(c, 'not-found', detail) as never
    }
    if (body.given && hashes.size > 1) {
      const detail = `Several addresses of this customer are known; name the ${kind} in the place of the customer id.`
      return problem(c, 'request-invalid', detail) as never
    }
    let cancelled = 0
    for (const hash of hashes)
      cancelled += (await giveConsent(toConsentEvent(hash, body), followingUp)).cancelled
    return c.json({ messagesCancelled: cancelled }, 200)
  })
  app.openapi(exportRoute, async (c) => {
    const { email, phone } = c.req.valid('query')
    const person = named(c.req.valid('param').id, email, phone)
    const { contacts, tables, sharedNumber: isShared } = await exportPerson(person, followingUp)
    return c.json(
      {
        contacts: [...contacts],
        tables: tables as Record<string, Record<string, unknown>[]>,
        sharedNumber: isShared,
      },
      200,
    )
  })
  app.openapi(eraseRoute, async (c) => {
    const { email, phone } = c.req.valid('query')
    const person = named(c.req.valid('param').id, email, phone)
    const erased = await erasePerson(person, { ...followingUp, erasures })
    const { orders, messagesCancelled, sharedNumber: isShared } = erased
    return c.json({ orders, messagesCancelled, sharedNumber: isShared }, 200)
  })
}
