// Web addresses in settings: https, or http on this machine; some hold a place to be filled in.

import { z } from 'zod'

export const secureUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1'
}, 'must begin with https:// (http:// only on this machine)')

export const exactOrigin = secureUrl.refine(
  (text) => new URL(text).origin === text,
  'must be an exact origin such as https://shop.example, without a path or a slash at the end',
)

/** `place`: what is filled in, such as `{product}`. */
export function urlWith(place: string) {
  return z
    .string()
    .max(2000)
    .refine((text) => text.includes(place), `must hold ${place}`)
    .refine((text) => secureUrl.safeParse(text.replaceAll(place, 'x')).success, 'must be a web address')
}
