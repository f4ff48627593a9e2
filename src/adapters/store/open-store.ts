// Opens the store: PostgreSQL where a URL is given, else the SQLite file `<dataFolder>/aftercart.sqlite`, brought to the
// newest version of the tables. Both engines run the same queries. Rejects with an AppError that says what was wrong:
// `invalid-argument` (not a URL), `store-unavailable`, `store-newer`, `store-not-durable`, `store-damaged`,
// `data-folder-unusable`.

import type { Store } from '../../ports/store.ts'
import {
  countAcceptances,
  dueAcceptances,
  findAcceptance,
  getAcceptance,
  listAcceptances,
  openAcceptance,
  saveAcceptance,
} from './acceptance-queries.ts'
import { addApiKey, countApiKeys, findApiKey } from './api-key-queries.ts'
import { keepAppendOnly } from './append-only.ts'
import {
  addArmChange,
  armsVersion,
  countArms,
  latestArmChanges,
  listArmChanges,
  listArmRecords,
  replaceArms,
} from './arm-queries.ts'
import { catalogVersion, listProducts, putProducts, setGoods } from './catalog-queries.ts'
import { claimMessage } from './claim-queries.ts'
import { clickedPurchases } from './click-queries.ts'
import { postgresClockMs, sqliteClockMs } from './clock-query.ts'
import {
  addConsents,
  forgetSoftBounces,
  listConsents,
  noteSoftBounce,
  reportOther,
} from './consent-queries.ts'
import {
  changeCustomerPurchases,
  getCustomerPurchases,
  replaceCustomerPurchases,
} from './customer-queries.ts'
import { getDecision, listThankYouDecisions, putDecision } from './decision-queries.ts'
import { createExperiment, getExperiment, listExperiments, saveExperiment } from './experiment-queries.ts'
import { countTrialOrders, ordersBehind, sumMessages, sumOffers, sumOrders } from './figure-queries.ts'
import { listFlows, setFlow } from './flow-queries.ts'
import { forgetOld } from './forget-queries.ts'
import { listImports, recordImport } from './import-queries.ts'
import { dueMessages, settleMessage, takeMessage } from './inbox-queries.ts'
import { addToLedger, readLedger } from './ledger-queries.ts'
import {
  cancelMessages,
  countOutcomes,
  getMessage,
  listMessages,
  messagesDue,
  messagesOfOrder,
  nextMessageDue,
  planMessages,
  reserveMessages,
  saveMessage,
} from './message-queries.ts'
import { migrate, readMigrations } from './migrate.ts'
import {
  dismissOffer,
  getOffer,
  getSavedMethod,
  listOffers,
  putOffer,
  putSavedMethod,
  replacementOf,
} from './offer-queries.ts'
import { getOrder, ordersOfRecipient, putOrder } from './order-queries.ts'
import { listOwnerWords, ownerWordHistory, ownerWordsVersion, sayOwnerWords } from './owner-word-queries.ts'
import { erasePerson, readPerson } from './person-queries.ts'
import { countPlanChanges, listPlanChanges } from './plan-change-queries.ts'
import {
  currentPlanVersion,
  listPlans,
  loadPlan,
  makePlanCurrent,
  publishPlan,
  streamPlan,
} from './plan-queries.ts'
import { lockPostgresSchema, openPostgres } from './postgres.ts'
import { getOrderFate, getRecipient, putRecipient, setOrderFate } from './recipient-queries.ts'
import {
  addRefresh,
  claimRefreshDay,
  listReceivedOrders,
  listRefreshes,
  markRefreshUndone,
  saveRefresh,
} from './refresh-queries.ts'
import { openSqlite } from './sqlite.ts'
import type { StoreDatabase } from './store-database.ts'
import { findSuppressions, liftSuppressions, listSuppressions, suppress } from './suppression-queries.ts'
import {
  addTrials,
  chooseHoldOut,
  countTrialUnits,
  holdOutChosen,
  holdOutTerms,
  listTrialCustomers,
  noteHoldOut,
  sumHarm,
  trialsOfOrder,
} from './trial-queries.ts'
import { unitMoments } from './unit-blocks.ts'
import { claimWeeklyReport, isWeeklyReportClaimed, releaseWeeklyReport } from './weekly-report-queries.ts'

export async function openStore(place: {
  readonly dataFolder: string
  readonly databaseUrl?: string | undefined
}): Promise<Store> {
  const database = place.databaseUrl
    ? await openPostgres(place.databaseUrl)
    : await openSqlite(place.dataFolder)
  // SQLite's transactions take the write lock as they begin, so they need no other.
  const lock = place.databaseUrl ? lockPostgresSchema : async () => {}
  try {
    await migrate(database, await readMigrations(), lock)
    await database.writeTogether(async (db) => {
      await lock(db)
      await keepAppendOnly(db, place.databaseUrl ? 'postgres' : 'sqlite')
    })
  } catch (error) {
    await database.close()
    throw database.explain(error)
  }
  return storeOver(database, place.databaseUrl ? postgresClockMs : sqliteClockMs)
}

function storeOver(
  database: StoreDatabase,
  clockMs: (database: StoreDatabase) => Promise<number | null>,
): Store {
  const underWay = new Set<Promise<unknown>>()
  /** Binds a query to the database and puts its failures into the words of the port. */
  const bind =
    <A extends unknown[], R>(query: (database: StoreDatabase, ...parameters: A) => Promise<R>) =>
    async (...parameters: A): Promise<R> => {
      const answer = query(database, ...parameters)
      underWay.add(answer)
      try {
        return await answer
      } catch (error) {
        throw database.explain(error)
      } finally {
        underWay.delete(answer)
      }
    }
  let closing: Promise<void> | null = null
  const close = async () => {
    await Promise.allSettled(underWay)
    await database.close()
  }
  return {
    listProducts: bind(listProducts),
    putProducts: bind(putProducts),
    setGoods: bind(setGoods),
    catalogVersion: bind(catalogVersion),
    recordImport: bind(recordImport),
    listImports: bind(listImports),
    publishPlan: bind(publishPlan),
    currentPlanVersion: bind(currentPlanVersion),
    loadPlan: bind(loadPlan),
    streamPlan: bind(streamPlan),
    listPlans: bind(listPlans),
    listPlanChanges: bind(listPlanChanges),
    countPlanChanges: bind(countPlanChanges),
    makePlanCurrent: bind(makePlanCurrent),
    putOrder: bind(putOrder),
    getOrder: bind(getOrder),
    putDecision: bind(putDecision),
    listThankYouDecisions: bind(listThankYouDecisions),
    addTrials: bind(addTrials),
    holdOutChosen: bind(holdOutChosen),
    chooseHoldOut: bind(chooseHoldOut),
    noteHoldOut: bind(noteHoldOut),
    holdOutTerms: bind(holdOutTerms),
    countArms: bind(countArms),
    replaceArms: bind(replaceArms),
    listArmRecords: bind(listArmRecords),
    addArmChange: bind(addArmChange),
    listArmChanges: bind(listArmChanges),
    latestArmChanges: bind(latestArmChanges),
    armsVersion: bind(armsVersion),
    listReceivedOrders: bind(listReceivedOrders),
    addRefresh: bind(addRefresh),
    listRefreshes: bind(listRefreshes),
    markRefreshUndone: bind(markRefreshUndone),
    saveRefresh: bind(saveRefresh),
    claimRefreshDay: bind(claimRefreshDay),
    listTrialCustomers: bind(listTrialCustomers),
    trialsOfOrder: bind(trialsOfOrder),
    claimWeeklyReport: bind(claimWeeklyReport),
    isWeeklyReportClaimed: bind(isWeeklyReportClaimed),
    releaseWeeklyReport: bind(releaseWeeklyReport),
    sumOffers: bind(sumOffers),
    sumMessages: bind(sumMessages),
    clickedPurchases: bind(clickedPurchases),
    sumOrders: bind(sumOrders),
    countTrialOrders: bind(countTrialOrders),
    ordersBehind: bind(ordersBehind),
    unitMoments: bind(unitMoments),
    countTrialUnits: bind(countTrialUnits),
    sumHarm: bind(sumHarm),
    createExperiment: bind(createExperiment),
    getExperiment: bind(getExperiment),
    listExperiments: bind(listExperiments),
    saveExperiment: bind(saveExperiment),
    getDecision: bind(getDecision),
    getCustomerPurchases: bind(getCustomerPurchases),
    replaceCustomerPurchases: bind(replaceCustomerPurchases),
    changeCustomerPurchases: bind(changeCustomerPurchases),
    sayOwnerWords: bind(sayOwnerWords),
    ownerWordsVersion: bind(ownerWordsVersion),
    listOwnerWords: bind(listOwnerWords),
    ownerWordHistory: bind(ownerWordHistory),
    putSavedMethod: bind(putSavedMethod),
    getSavedMethod: bind(getSavedMethod),
    putOffer: bind(putOffer),
    getOffer: bind(getOffer),
    listOffers: bind(listOffers),
    replacementOf: bind(replacementOf),
    dismissOffer: bind(dismissOffer),
    openAcceptance: bind(openAcceptance),
    getAcceptance: bind(getAcceptance),
    findAcceptance: bind(findAcceptance),
    listAcceptances: bind(listAcceptances),
    saveAcceptance: bind(saveAcceptance),
    dueAcceptances: bind(dueAcceptances),
    countAcceptances: bind(countAcceptances),
    addToLedger: bind(addToLedger),
    readLedger: bind(readLedger),
    takeMessage: bind(takeMessage),
    dueMessages: bind(dueMessages),
    settleMessage: bind(settleMessage),
    putRecipient: bind(putRecipient),
    getRecipient: bind(getRecipient),
    ordersOfRecipient: bind(ordersOfRecipient),
    setOrderFate: bind(setOrderFate),
    getOrderFate: bind(getOrderFate),
    addConsents: bind(addConsents),
    listConsents: bind(listConsents),
    suppress: bind(suppress),
    liftSuppressions: bind(liftSuppressions),
    findSuppressions: bind(findSuppressions),
    listSuppressions: bind(listSuppressions),
    noteSoftBounce: bind(noteSoftBounce),
    forgetSoftBounces: bind(forgetSoftBounces),
    reportOther: bind(reportOther),
    planMessages: bind(planMessages),
    getMessage: bind(getMessage),
    messagesOfOrder: bind(messagesOfOrder),
    listMessages: bind(listMessages),
    messagesDue: bind(messagesDue),
    reserveMessages: bind(reserveMessages),
    nextMessageDue: bind(nextMessageDue),
    claimMessage: bind(claimMessage),
    saveMessage: bind(saveMessage),
    cancelMessages: bind(cancelMessages),
    countOutcomes: bind(countOutcomes),
    setFlow: bind(setFlow),
    listFlows: bind(listFlows),
    readPerson: bind(readPerson),
    erasePerson: bind(erasePerson),
    forgetOld: bind(forgetOld),
    addApiKey: bind(addApiKey),
    findApiKey: bind(findApiKey),
    countApiKeys: bind(countApiKeys),
    clockMs: bind(clockMs),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
