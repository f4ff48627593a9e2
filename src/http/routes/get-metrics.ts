// GET /metrics: how this process is, in the text format of Prometheus. Open, like /healthz, to whoever reaches the server: what
// tells nobody how much the shop sells. With an API key also what was asked of it. A store that does not answer is a
// figure here, not a failure; a key that is not known is 401.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { requireApiKey } from '../api-key.ts'
import { durationBucketsMs, type RequestCounts } from '../count-requests.ts'
import type { HttpEffects } from '../effects.ts'
import { problemResponse, usualProblems } from '../schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Figures for Prometheus',
  description:
    'Without a key the state of the process; with one also requests by route, with their durations.',
  security: [{}, { apiKey: [] }],
  responses: {
    200: {
      description: 'Text format 0.0.4; counters begin anew when the process starts',
      content: { 'text/plain': { schema: z.string() } },
    },
    401: problemResponse('The API key is not known'),
    500: usualProblems[500],
    503: usualProblems[503],
  },
})

type Sample = {
  readonly labels?: Readonly<Record<string, string | number>>
  readonly suffix?: string
  readonly value: number
}

export function addGetMetrics(
  app: OpenAPIHono,
  effects: HttpEffects,
  { counts, version }: { readonly counts: RequestCounts; readonly version: string },
): void {
  const keyed = requireApiKey(effects, false)
  const startedMs = effects.clock.nowMs()
  app.openapi(route, async (c) => {
    const hasKey = c.req.header('authorization') !== undefined
    const refused = hasKey ? await keyed(c, async () => {}) : undefined
    if (refused) return refused as never
    const state = await processLines(effects, version, startedMs)
    const text = [...state, ...(hasKey ? requestLines(counts) : [])].join('')
    return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }) as never
  })
}

async function processLines(
  { store, plan }: HttpEffects,
  version: string,
  startedMs: number,
): Promise<readonly string[]> {
  const current = plan.get()
  const up = await store.currentPlanVersion().then(
    () => 1,
    () => 0,
  )
  const { user, system } = process.cpuUsage()
  return [
    family('aftercart_version', 'gauge', 'Always 1; the label names the version', [
      { labels: { version }, value: 1 },
    ]),
    family('aftercart_store_up', 'gauge', '1 where the store answers', [{ value: up }]),
    family('aftercart_plan_version', 'gauge', 'The plan in use; 0 before the first', [
      { value: current?.version ?? 0 },
    ]),
    family('aftercart_plan_published_timestamp_seconds', 'gauge', 'When it was published', [
      ...(current === null ? [] : [{ value: current.publishedAtMs / 1000 }]),
    ]),
    family('process_start_time_seconds', 'gauge', 'When the process started', [{ value: startedMs / 1000 }]),
    family('process_cpu_seconds_total', 'counter', 'User and system time', [
      { value: (user + system) / 1e6 },
    ]),
    family('process_resident_memory_bytes', 'gauge', 'Resident memory', [
      { value: process.memoryUsage.rss() },
    ]),
  ]
}

function requestLines(counts: RequestCounts): readonly string[] {
  const durations = counts.durations().flatMap(({ method, route, requests, sumMs, within }): Sample[] => [
    ...durationBucketsMs.map((most, index) => ({
      labels: { method, route, le: most / 1000 },
      suffix: '_bucket',
      value: within[index] ?? 0,
    })),
    { labels: { method, route, le: '+Inf' }, suffix: '_bucket', value: requests },
    { labels: { method, route }, suffix: '_sum', value: sumMs / 1000 },
    { labels: { method, route }, suffix: '_count', value: requests },
  ])
  return [
    family(
      'aftercart_http_requests_total',
      'counter',
      'Requests answered',
      counts.requests().map(({ requests, ...labels }) => ({ labels, value: requests })),
    ),
    family('aftercart_http_request_duration_seconds', 'histogram', 'How long answers took', durations),
  ]
}

/** Without a sample the family is left out: a name without a value says nothing. */
function family(name: string, type: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return ''
  const lines = samples.map(({ labels = {}, suffix = '', value }) => {
    const named = Object.entries(labels).map(([label, of]) => `${label}="${escapeLabel(String(of))}"`)
    return `${name}${suffix}${named.length === 0 ? '' : `{${named.join(',')}}`} ${value}\n`
  })
  return `# HELP ${name} ${help}.\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function escapeLabel(text: string): string {
  return text.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))
}
