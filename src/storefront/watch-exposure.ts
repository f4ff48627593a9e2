// Says once that the offer was seen: half of it in view for one second, and, where the element asks for consent, not before
// it is given.

const SEEN_MS = 1000

export type ExposureWatch = { start(): void; stop(): void; consent(): void }

export function watchExposure(element: HTMLElement, seen: () => void): ExposureWatch {
  let observer: IntersectionObserver | null = null
  let timer = 0
  let hasConsent = false
  let isSeen = false
  const mayTell = () => hasConsent || element.getAttribute('consent') !== 'required'
  const tell = () => {
    if (!isSeen || !mayTell()) return
    isSeen = false
    seen()
  }
  const stop = () => {
    observer?.disconnect()
    observer = null
    isSeen = false
    clearTimeout(timer)
  }
  return {
    stop,
    start: () => {
      if (observer !== null) return
      observer = new IntersectionObserver(
        ([entry]) => {
          clearTimeout(timer)
          if (!entry?.isIntersecting) return
          timer = setTimeout(() => {
            observer?.disconnect()
            isSeen = true
            tell()
          }, SEEN_MS)
        },
        { threshold: 0.5 },
      )
      observer.observe(element)
    },
    consent: () => {
      hasConsent = true
      tell()
    },
  }
}
