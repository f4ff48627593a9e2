// Who may check out in the example: somebody new, or a customer who really is in the order history that the demo
// imports (Online Retail, Chen 2015), so that what they bought before has a part in the decision.

export type ExamplePerson = {
  readonly key: string
  /** As the shop's orders name them; `null` for somebody who has never ordered. */
  readonly customerId: string | null
  readonly label: string
  readonly note: string
}

export const examplePeople: readonly ExamplePerson[] = [
  {
    key: 'new',
    customerId: null,
    label: 'Someone new',
    note: 'Never ordered here before.',
  },
  {
    key: 'tea',
    customerId: '13865',
    label: 'Customer 13865',
    note: 'Four orders in 2011: has the green and the pink Regency teacup, and the cakestand.',
  },
  {
    key: 'hearts',
    customerId: '13784',
    label: 'Customer 13784',
    note: 'Eleven orders in 2011: heart decorations, and three times the cakestand with pink Regency teacups.',
  },
]

export const examplePerson = { name: 'Alex Morgan', email: 'alex.morgan@example.com' } as const
export const exampleAddress: readonly string[] = ['12 Harbour Lane', 'Bristol BS1 4XY', 'United Kingdom']
