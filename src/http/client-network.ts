// Whose requests are counted together: an IPv4 address, or the /64 of an IPv6 address, since a customer of a provider gets at
// least that much and can ask from each of its addresses. Comes in: an address as a socket or a proxy wrote it.
// Goes out: the key to count under; what is no address stands for itself.

import { isIPv4, isIPv6 } from 'node:net'

const GROUPS_COUNTED = 4

export function clientNetwork(written: string): string {
  const address = withoutPort(written)
  if (!isIPv6(address)) return address.slice(0, 64)
  const groups = groupsOf(address)
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  }
  const network = groups.slice(0, GROUPS_COUNTED).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}

/** Some proxies write the port too: `198.51.100.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(written: string): string {
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(written) ?? []
  if (inBrackets !== undefined) return inBrackets
  const [, beforePort] = /^([^:]+):\d+$/.exec(written) ?? []
  return beforePort !== undefined && isIPv4(beforePort) ? beforePort : written
}

function groupsOf(address: string): number[] {
  const [plain = ''] = address.split('%')
  const [head = '', tail] = plain.split('::')
  const [before, after] = [readGroups(head), readGroups(tail ?? '')]
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array.from({ length: zeros }, () => 0), ...after]
}

function readGroups(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((part) => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}
