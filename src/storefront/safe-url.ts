// An address out of an answer → an address that may be followed or loaded, else `null`. Https, or the page's own origin;
// plain http only on the machine itself. So no title, image or link of a catalog can run script.

const ownMachine = new Set(['localhost', '127.0.0.1', '[::1]'])

export function safeUrl(text: string | null, base: string = document.baseURI): string | null {
  if (text === null || !URL.canParse(text, base)) return null
  const url = new URL(text, base)
  const isOwn = url.origin === location.origin && /^https?:$/.test(url.protocol)
  const isLocal = url.protocol === 'http:' && ownMachine.has(url.hostname)
  return url.protocol === 'https:' || isOwn || isLocal ? url.href : null
}
