// What a newcomer sees first: the demo on the orders that come with the package, from the outside. Orders are placed
// through the shop's own forms, by somebody new and by customers of the history.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { examplePeople } from '../examples/shop/example-people.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

/** The address of a demo that runs, and what ends it. */
async function startDemo(data: string): Promise<{ shop: string; end: () => Promise<void> }> {
  const child = spawn(process.execPath, [bin, 'demo', '--port', '0', '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const part of child.stdout) {
    printed += String(part)
    if (printed.trimEnd().endsWith('}')) break
  }
  const { shop }: { shop: string } = JSON.parse(printed)
  const end = async (): Promise<void> => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  return { shop, end }
}

/** One cakestand, bought by this person: the thank-you page. */
async function buyCakestand(shop: string, person: string): Promise<string> {
  let cookie = ''
  const post = async (path: string, form: Readonly<Record<string, string>>): Promise<Response> => {
    const answer = await fetch(`${shop}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams(form),
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  await post('/cart/add', { product: '22423', units: '1' })
  const placed = await post('/checkout', { name: 'Alex Morgan', email: 'alex@example.com', person })
  const page = await fetch(new URL(placed.headers.get('location') ?? '', shop), { headers: { cookie } })
  return page.text()
}

test('in the demo each returning customer is offered something else than somebody new, as on the day after the history', async () => {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-demo-'))
  try {
    const { shop, end } = await startDemo(data)
    try {
      const offers = new Map<string, string>()
      for (const { key } of examplePeople) {
        const page = await buyCakestand(shop, key)
        assert.match(page, /In this shop it is 10 December 2011/)
        offers.set(key, /class="aftercart-title"[^>]*>(?:<a[^>]*>)?([^<]+)</.exec(page)?.[1] ?? '')
      }
      assert.equal(new Set(offers.values()).size, examplePeople.length, [...offers].join('; '))
      assert.ok(!offers.has(''))
    } finally {
      await end()
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})
