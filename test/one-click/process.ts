// A process of Aftercart inside the simulation: every call that it makes to the store, the provider or the shop is held
// back and goes on when its time comes, or never, where the process was killed meanwhile. A call of a killed process that
// is already on the wire still arrives.

import type { AcceptingEffects } from '../../src/accepting/accepting-effects.ts'
import { AppError } from '../../src/domain/errors.ts'
import type { Pause } from '../../src/ports/pause.ts'
import type { PaymentProvider } from '../../src/ports/payment.ts'
import type { ShopBackEnd } from '../../src/ports/shop.ts'
import type { Store } from '../../src/ports/store.ts'
import { between } from '../../src/simulating/draws.ts'
import { FAULTS_END_MS, isOut, MINUTE_MS } from './weather.ts'
import type { World } from './world.ts'

const TIMEOUT_MS = 10_000
const LATE_MAX_MS = 10 * MINUTE_MS

export type Process = { readonly name: string; isDead: boolean; readonly effects: AcceptingEffects }

type Calls = {
  readonly store: <A extends unknown[], R>(
    name: string,
    operation: (...given: A) => Promise<R>,
    isWrite?: boolean,
  ) => (...given: A) => Promise<R>
  readonly port: <R>(of: 'provider' | 'shop', name: string, arrive: () => R) => Promise<R>
}

export function startProcess(world: World, name: string, died: () => void): Process {
  const life = { isDead: false }
  const mayGoOn = (where: string): boolean => {
    if (life.isDead) return false
    if (!hasFaults(world) || world.random() >= world.weather.crash) return true
    life.isDead = true
    world.counts.crashes++
    world.tell(`${name} is killed ${where}`)
    died()
    return false
  }
  const calls = { store: storeCalls(world, name, mayGoOn), port: portCalls(world, name, mayGoOn) }
  const effects: AcceptingEffects = {
    ...world.plain,
    store: heldStore(world.store, calls.store),
    shop: heldShop(world, calls.port),
    providers: new Map([['model', heldProvider(world, calls.port)]]),
    pause: heldPause(world, life),
  }
  return Object.assign(life, { name, effects })
}

function hasFaults({ timeline, clickMs }: World): boolean {
  return timeline.nowMs() < clickMs + FAULTS_END_MS
}

function storeCalls(world: World, name: string, mayGoOn: (where: string) => boolean): Calls['store'] {
  const { timeline, random, weather } = world
  const delay = (): number => {
    if (!hasFaults(world) || random() >= weather.stall) return between(random, 0, 8)
    world.counts.stalls++
    return between(random, 1000, 3 * MINUTE_MS)
  }
  return (what, operation, isWrite = false) =>
    (...given) =>
      new Promise((resolve, reject) => {
        timeline.at(timeline.nowMs() + delay(), async () => {
          if (!mayGoOn(`before ${what}`)) return
          const outcome = await operation(...given).then(
            (value) => () => resolve(value),
            (error: unknown) => () => reject(error),
          )
          world.tell(`${name} ${what}`, isWrite ? given[0] : undefined)
          if (!isWrite) return outcome()
          timeline.at(timeline.nowMs() + delay(), () => {
            if (mayGoOn(`after ${what}`)) outcome()
          })
        })
      })
}

function portCalls(world: World, name: string, mayGoOn: (where: string) => boolean): Calls['port'] {
  const { timeline, random, weather, counts, clickMs } = world
  return (of, what, arrive) =>
    new Promise((resolve, reject) => {
      const sentMs = timeline.nowMs()
      const isFaulty = hasFaults(world)
      const happens = (chance: number): boolean => isFaulty && random() < chance
      const isDown = (): boolean => isOut(weather.outage, of, timeline.nowMs() - clickMs)
      const silence = (atMs: number): void =>
        timeline.at(atMs, () => {
          if (!mayGoOn(`while it waits for ${what}`)) return
          world.tell(`${name} has no answer to ${what}`)
          reject(new AppError(`${of}-unavailable`, `${what}: no answer`))
        })
      /** The request is there: what it does is done once, heard or not. */
      const land = (hasCaller: boolean): void => {
        if (isDown()) {
          if (hasCaller) silence(sentMs + TIMEOUT_MS)
          return
        }
        const answer = arrive()
        world.tell(`${what} of ${name} arrives${hasCaller ? '' : ' unheard'}`, answer)
        if (!hasCaller) return
        if (happens(weather.lostAnswer)) {
          counts.lost++
          // Half of the lost answers are a reset or a 5xx at once, half a silence.
          silence(random() < 0.5 ? timeline.nowMs() + 50 : sentMs + TIMEOUT_MS)
          return
        }
        timeline.at(timeline.nowMs() + between(random, 5, 200), () => {
          if (mayGoOn(`before it hears ${what}`)) resolve(answer)
        })
      }
      const later = (): number => sentMs + TIMEOUT_MS + between(random, 0, LATE_MAX_MS - TIMEOUT_MS)
      if (happens(weather.lostRequest)) {
        counts.lost++
        silence(sentMs + TIMEOUT_MS)
        return
      }
      if (happens(weather.late)) {
        counts.late++
        timeline.at(later(), () => land(false))
        silence(sentMs + TIMEOUT_MS)
        return
      }
      timeline.at(sentMs + between(random, 5, 200), () => land(true))
      if (happens(weather.duplicate)) {
        counts.duplicates++
        timeline.at(random() < 0.5 ? sentMs + between(random, 5, 400) : later(), () => land(false))
      }
    })
}

function heldStore(store: Store, held: Calls['store']): Store {
  return {
    ...store,
    getSavedMethod: held('getSavedMethod', store.getSavedMethod),
    getRecipient: held('getRecipient', store.getRecipient),
    putOffer: held('putOffer', store.putOffer, true),
    getOffer: held('getOffer', store.getOffer),
    replacementOf: held('replacementOf', store.replacementOf),
    openAcceptance: held('openAcceptance', store.openAcceptance, true),
    getAcceptance: held('getAcceptance', store.getAcceptance),
    findAcceptance: held('findAcceptance', store.findAcceptance),
    listAcceptances: held('listAcceptances', store.listAcceptances),
    saveAcceptance: held('saveAcceptance', store.saveAcceptance, true),
    dueAcceptances: held('dueAcceptances', store.dueAcceptances),
    takeMessage: held('takeMessage', store.takeMessage, true),
    dueMessages: held('dueMessages', store.dueMessages),
    settleMessage: held('settleMessage', store.settleMessage, true),
  }
}

function heldShop({ shop }: World, port: Calls['port']): ShopBackEnd {
  return {
    name: 'model',
    quote: () => port('shop', 'quote', () => shop.quote()),
    addLine: ({ reference }) => port('shop', 'addLine', () => shop.addLine(reference)),
    removeLine: ({ reference }) => port('shop', 'removeLine', () => shop.removeLine(reference)),
    readOrder: () => port('shop', 'readOrder', () => shop.readOrder()),
  }
}

function heldProvider({ provider }: World, port: Calls['port']): PaymentProvider {
  return {
    name: 'model',
    canCharge: () => ({ allowed: true, maxAmountMinor: null }),
    create: (request) => port('provider', 'create', () => provider.create(request)),
    confirm: ({ paymentId }) => port('provider', 'confirm', () => provider.confirm(paymentId)),
    read: (id) => port('provider', 'read', () => provider.read(id)),
    capture: (id) => port('provider', 'capture', () => provider.capture(id)),
    cancel: (id) => port('provider', 'cancel', () => provider.cancel(id)),
    refund: (id) => port('provider', 'refund', () => provider.refund(id)),
  }
}

/** Pauses may be longer than asked for: a click that waits looks once a second, which keeps the runs short. */
function heldPause({ timeline }: World, life: { readonly isDead: boolean }): Pause {
  const after = (ms: number): Promise<void> =>
    new Promise((resolve) =>
      timeline.at(timeline.nowMs() + ms, () => {
        if (!life.isDead) resolve()
      }),
    )
  return {
    sleep: (ms) => after(Math.max(ms, 1000)),
    async race(ms, work) {
      let isOver = false
      const tooLong = after(ms).then(() => {
        isOver = true
        return null
      })
      return await Promise.race([work(() => isOver), tooLong])
    },
  }
}
