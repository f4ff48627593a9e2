// Does a signature of a mail hold, by RFC 6376? In: the raw mail, the public key. Out: whether it does, and which headers it
// covers. Only what Aftercart sends: rsa-sha256, relaxed/relaxed. Written from the RFC, with nothing of what signs.

import { createHash, createPublicKey, verify } from 'node:crypto'

export type DkimReading = {
  readonly isValid: boolean
  readonly domain: string
  readonly selector: string
  readonly covers: readonly string[]
}

type Field = { readonly name: string; readonly line: string }

/** `publicKey`: the `p=` of the record in the DNS. The signature with that selector is read. */
export function verifyDkim(raw: Buffer, publicKey: string, selector: string): DkimReading | null {
  const text = raw.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const fields = readFields(text.slice(0, end))
  const body = text.slice(end + 4)
  const signature = fields.find(
    ({ name, line }) => name === 'dkim-signature' && tagsOf(line).get('s') === selector,
  )
  if (signature === undefined) return null
  const tags = tagsOf(signature.line)
  if (tags.get('a') !== 'rsa-sha256' || tags.get('c') !== 'relaxed/relaxed') return null
  const covers = (tags.get('h') ?? '').toLowerCase().split(':')
  const bodyHash = createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64')
  const signed = [
    ...signedFields(fields, covers).map(relaxedField),
    relaxedField({ ...signature, line: signature.line.replace(/(;\s*b=)[^;]*/, '$1') }),
  ].join('\r\n')
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const isSigned = verify(
    'sha256',
    Buffer.from(signed, 'latin1'),
    key,
    Buffer.from(tags.get('b') ?? '', 'base64'),
  )
  return {
    isValid: isSigned && bodyHash === tags.get('bh'),
    ...{ domain: tags.get('d') ?? '', selector, covers },
  }
}

function readFields(head: string): Field[] {
  return head.split(/\r\n(?![ \t])/).map((line) => ({
    name: line.slice(0, line.indexOf(':')).trim().toLowerCase(),
    line,
  }))
}

function tagsOf(line: string): Map<string, string> {
  const list = line.slice(line.indexOf(':') + 1).split(';')
  return new Map(
    list.map((tag) => {
      const [name = '', ...rest] = tag.split('=')
      return [name.trim(), rest.join('=').replace(/\s/g, '')] as const
    }),
  )
}

/** RFC 6376, 5.4.2: of a name that is there several times the last is taken first; one too often adds nothing. */
function signedFields(fields: readonly Field[], names: readonly string[]): Field[] {
  const left = [...fields]
  return names.flatMap((name) => {
    const at = left.findLastIndex((field) => field.name === name)
    return at < 0 ? [] : left.splice(at, 1)
  })
}

/** RFC 6376, 3.4.2. */
function relaxedField({ name, line }: Field): string {
  const value = line
    .slice(line.indexOf(':') + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
  return `${name}:${value.replace(/^ | $/g, '')}`
}

/** RFC 6376, 3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  const text = lines.join('\r\n').replace(/(\r\n)+$/, '')
  return text === '' ? '' : `${text}\r\n`
}
