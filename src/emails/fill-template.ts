// The shop's own words, with variables from a fixed list. There is no logic: `{name}` of the list becomes its value, once,
// and everything else stays as it is written, so `{{constructor}}`, `${7*7}` and `<%= %>` are just text. Comes in: a
// template and the values. Goes out: text, not yet escaped; `null` where a value is not known, so that ours stands instead.

export const templateVariables = ['shop', 'name', 'anchor', 'addOn', 'days', 'price'] as const
export type TemplateVariable = (typeof templateVariables)[number]
export type TemplateValues = Readonly<Record<TemplateVariable, string | null>>

/** A name in single braces; not within double ones, and not after a dollar, which other template languages use. */
const placeholder = /(?<![{$])\{([^{}]*)\}(?!\})/g

export function fillTemplate(template: string, values: TemplateValues): string | null {
  let isKnown = true
  const filled = template.replace(placeholder, (whole, name: string) => {
    const variable = templateVariables.find((one) => one === name)
    if (variable === undefined) return whole
    const value = values[variable]
    if (value === null) isKnown = false
    return value ?? ''
  })
  return isKnown ? filled : null
}

/** What is wrong with a template, in words; `null` where nothing is. For whoever reads settings. */
export function templateProblem(template: string): string | null {
  if (/\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(template))
    return 'it holds a control character or a line break; write one line of plain text'
  if (template.trim() === '') return 'it is empty; write it, or leave it out for ours'
  for (const [, name = ''] of template.matchAll(placeholder)) {
    if (templateVariables.some((one) => one === name)) continue
    const known = templateVariables.map((one) => `{${one}}`).join(', ')
    return `{${name}} stands for nothing; ${known} are filled in`
  }
  return null
}
