// A certificate that a server of Amazon's might have, signed by itself. In: when it is good. Out: the certificate in PEM and
// its private key. Written in DER by hand (X.509 v1, RFC 5280), since node:crypto reads certificates and makes none.

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export type SelfSigned = { readonly pem: string; readonly privateKey: KeyObject }

export function selfSigned(fromMs: number, untilMs: number): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const algorithm = sequence(oid([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]), der(0x05))
  const commonName = sequence(oid([0x55, 0x04, 0x03]), der(0x0c, Buffer.from('sns.amazonaws.com')))
  const name = sequence(der(0x31, commonName))
  const toBeSigned = sequence(
    ...[der(0x02, Buffer.from([1])), algorithm, name, sequence(time(fromMs), time(untilMs)), name],
    publicKey.export({ format: 'der', type: 'spki' }),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const whole = sequence(toBeSigned, algorithm, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return {
    pem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    privateKey,
  }
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts)
}

function oid(bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/[-:T]|\.\d{3}/g, '')
  return der(0x18, Buffer.from(digits))
}
