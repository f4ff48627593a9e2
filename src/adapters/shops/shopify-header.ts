// A header of a Shopify webhook, whose names come in two families: X-Shopify-Topic, and newer Shopify-Topic.

type Headers = { get(name: string): string | undefined }

export function shopifyHeader(headers: Headers, name: string): string | undefined {
  return headers.get(`x-shopify-${name}`) ?? headers.get(`shopify-${name}`)
}
