import assert from 'node:assert/strict'
import test from 'node:test'
import { fillTemplate, templateProblem } from './fill-template.ts'

const values = {
  shop: 'Teasel & Thyme',
  name: 'Alex',
  anchor: '“Beans”',
  addOn: '“Filter”',
  days: '23',
  price: '£9.90',
}

test('the variables of the list are filled in, as often as they stand there', () => {
  const template = '{name}: {anchor} of {shop}, {addOn} for {price} after {days} days, {name}'
  assert.equal(
    fillTemplate(template, values),
    'Alex: “Beans” of Teasel & Thyme, “Filter” for £9.90 after 23 days, Alex',
  )
  assert.equal(templateProblem(template), null)
})

test('words of other template languages are just text, and what is filled in is not filled again', () => {
  const literal = [
    '{{constructor.constructor("return process")()}}',
    '{{name}}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
    '${7*7}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
    '${name}',
    '<%= 7*7 %>',
    '{% if name %}',
    '#{name',
    '{ name',
    '}{',
  ]
  for (const text of literal) assert.equal(fillTemplate(text, values), text)
  for (const text of literal) {
    assert.equal(fillTemplate('{anchor}', { ...values, anchor: text }), text)
    assert.equal(fillTemplate('{anchor}', { ...values, anchor: `{price} $& ${text}` }), `{price} $& ${text}`)
  }
})

test('a template that needs what is not known is not used', () => {
  assert.equal(fillTemplate('Hello {name}', { ...values, name: null }), null)
  assert.equal(fillTemplate('Hello', { ...values, name: null }), 'Hello')
})

test('a variable that does not exist, an empty template and a line break are found when settings are read', () => {
  assert.match(templateProblem('Hello {firstName}') ?? '', /\{firstName\} stands for nothing; \{shop\}/)
  assert.match(templateProblem('Hello {constructor}') ?? '', /stands for nothing/)
  assert.match(templateProblem('Hello { name }') ?? '', /stands for nothing/)
  assert.match(templateProblem('Hello {}') ?? '', /stands for nothing/)
  assert.match(templateProblem(' ') ?? '', /empty/)
  assert.match(templateProblem('Hello\r\nBcc: all@example.com') ?? '', /line break/)
})
