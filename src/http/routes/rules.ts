// The owner's rules. GET /v1/rules lists them with who said each and when. PUT /v1/rules makes a list the rules that
// hold: what it does not name is taken back, whoever said it. Sending the same list again changes nothing.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { stateWords } from '../../deciding/state-words.ts'
import { isRule, wordKey } from '../../domain/owner-word.ts'
import { callerName } from '../api-key.ts'
import type { HttpEffects } from '../effects.ts'
import { problem } from '../problem.ts'
import { rule, ruleToWord, wordToRule } from '../rule-schema.ts'
import { bodyProblems, usualProblems } from '../schemas.ts'

const heldRule = z
  .object({
    rule,
    source: z.enum(['api', 'cli', 'file']),
    saidBy: z.string(),
    saidAt: z.string(),
  })
  .openapi('HeldRule')

const answerSchema = z.object({ rules: z.array(heldRule) }).openapi('Rules')
const answered = {
  description: 'The rules that hold',
  content: { 'application/json': { schema: answerSchema } },
}
const security = [{ apiKey: [] }]

const getRoute = createRoute({
  method: 'get',
  path: '/v1/rules',
  summary: 'The owner’s rules',
  security,
  responses: { 200: answered, ...usualProblems },
})

const putRoute = createRoute({
  method: 'put',
  path: '/v1/rules',
  summary: 'State the owner’s rules',
  description: 'The list replaces all rules that hold. Pairings that were approved, vetoed and so on stay.',
  security,
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ rules: z.array(rule).max(1000) }) } },
    },
  },
  responses: { 200: answered, ...bodyProblems },
})

export function addRules(app: OpenAPIHono, effects: HttpEffects): void {
  const list = async () => {
    const held = await effects.store.listOwnerWords()
    return {
      rules: held.flatMap(({ word, source, saidBy, saidAtMs }) =>
        isRule(word)
          ? [{ rule: wordToRule(word), source, saidBy, saidAt: new Date(saidAtMs).toISOString() }]
          : [],
      ),
    }
  }
  app.openapi(getRoute, async (c) => c.json(await list(), 200))
  app.openapi(putRoute, async (c) => {
    const words = c.req.valid('json').rules.map(ruleToWord)
    const keys = words.map(wordKey)
    const twice = keys.findIndex((key, place) => keys.indexOf(key) < place)
    if (twice !== -1) {
      const detail = `rules.${twice}: an earlier rule speaks of the same; keep one of them.`
      return problem(c, 'request-invalid', detail, [
        { path: `rules.${twice}`, message: 'stands twice' },
      ]) as never
    }
    const speaker = { source: 'api', saidBy: callerName(c) } as const
    const { version } = await stateWords(words, speaker, ({ word }) => isRule(word), effects)
    await effects.plan.heed(version)
    return c.json(await list(), 200)
  })
}
