import assert from 'node:assert/strict'
import test from 'node:test'
import { hostileTitles } from '../../test/hostile-titles.ts'
import { viewOf } from '../../test/offer-stand-in.ts'
import { viewStates } from '../domain/offer-view.ts'
import { type FragmentForm, offerFragment } from './offer-fragment.ts'

const form: FragmentForm = {
  token: 'o1.k1.abc',
  paths: { accept: '/offer/accept', decline: '/offer/decline', undo: '/offer/undo' },
}

test('without script every state has its words, and forms that post the token to the shop itself', () => {
  for (const state of viewStates) {
    const markup = offerFragment(viewOf(state), form)
    assert.ok(markup.includes(viewOf(state).words.message), state)
    const actions = [...markup.matchAll(/<form method="post" action="([^"]+)"/g)].map(([, action]) => action)
    const expected = { open: ['/offer/accept', '/offer/decline'], added: ['/offer/undo'] } as const
    assert.deepEqual(actions, expected[state as keyof typeof expected] ?? [], state)
    assert.equal(markup.match(/name="token" value="o1\.k1\.abc"/g)?.length ?? 0, actions.length, state)
    assert.doesNotMatch(markup, /<script|<style|style=|\son\w+=/i, state)
  }
})

test('without script the price stands directly above the button that buys', () => {
  const markup = offerFragment(viewOf('open'), form)
  assert.match(
    markup,
    /Total £14\.00\.<\/p>\s*<form method="post" action="\/offer\/accept">(<input[^>]*>)+<button class="aftercart-main">Buy now – pay £14\.00<\/button>/,
  )
})

test('hostile titles and addresses become text in the fragment, and no form goes to another host', () => {
  const names = new Set(['section', 'p', 'a', 'form', 'input', 'button', 'img'])
  for (const text of hostileTitles) {
    const offer = { title: text, need: text, url: text, imageUrl: text }
    const view = viewOf('open', { offer, cartUrl: text })
    const markup = offerFragment(view, { ...form, token: text, guard: { name: text, value: text } })
    for (const [, name = ''] of markup.matchAll(/<\/?([^\s>]*)/g))
      assert.ok(names.has(name), `${text}: <${name}>`)
    // Outside of quoted values no attribute of an event appears.
    assert.doesNotMatch(markup.replaceAll(/"[^"]*"/g, '""').replaceAll(/>[^<]*</g, '><'), /\son\w+=/, text)
  }
  for (const path of [
    'https://evil.example/accept',
    '//evil.example/accept',
    '/\\evil.example/accept',
    'javascript:pwned()',
  ]) {
    const markup = offerFragment(viewOf('open'), {
      ...form,
      paths: { accept: path, decline: path, undo: path },
    })
    assert.doesNotMatch(markup, /<form/, path)
  }
})

test('a form carries the shop’s own guard against forged posts where it names one', () => {
  const markup = offerFragment(viewOf('open'), { ...form, guard: { name: '_csrf', value: 'a"b' } })
  assert.equal(markup.match(/name="_csrf" value="a&quot;b"/g)?.length, 2)
})
