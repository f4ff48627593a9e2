// What stands in the environment under a name. Comes in: the environment, the name. Goes out: the value without white space
// around it, or one or two secrets; `null` where nothing is set.

export type Environment = Readonly<Record<string, string | undefined>>

/** One, or two while one is replaced: the new one first, with a comma between them. */
export type Secrets = readonly [string] | readonly [current: string, previous: string]

export function secretsOf(env: Environment, name: string): Secrets | null {
  const given = (env[name] ?? '').split(',').map((secret) => secret.trim())
  const [first, second] = given.filter((secret) => secret !== '')
  if (first === undefined) return null
  return second === undefined ? [first] : [first, second]
}

export function givenIn(env: Environment, name: string): string | null {
  const value = env[name]?.trim() ?? ''
  return value === '' ? null : value
}
