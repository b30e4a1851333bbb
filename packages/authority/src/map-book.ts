// SPDX-License-Identifier: MIT
import type { Book, Change, RecordKind, RecordKinds } from "./book.ts";

/** Subject of the service lines to which something happens by itself. */
export const pendingLines = "pending lines";

/** Who or what a record is about, so that it is found from there. */
const subjectsOf: { readonly [K in RecordKind]: (document: RecordKinds[K]) => readonly (string | null)[] } = {
  party: () => [],
  account: ({ holder, managedBy }) => [holder, managedBy],
  serviceLine: ({ accountId, terminalId, sponsorshipId, addressId, pending }) => [
    accountId,
    terminalId,
    sponsorshipId,
    addressId ?? null,
    pending === undefined ? null : pendingLines,
  ],
  address: ({ accountId }) => [accountId],
  contact: ({ accountId }) => [accountId],
  case: ({ candidates, orderIds, victims, mergedInto }) => [
    ...candidates.map(({ terminalId }) => terminalId),
    ...victims.flatMap(({ partyId, terminalId }) =>
      terminalId === null ? [partyId] : [partyId, terminalId],
    ),
    ...orderIds,
    ...(mergedInto === null ? [] : [mergedInto]),
  ],
  caseReport: ({ caseId }) => [caseId],
  terminal: ({ accountId, holder, donor, user, kitNumber, serial, publicKey }) => [
    accountId,
    holder,
    donor,
    user,
    kitNumber,
    serial,
    publicKey,
  ],
  custody: ({ terminalId, fromParty, toParty }) => [terminalId, fromParty, toParty],
  programme: ({ donor }) => [donor],
  donation: ({ programmeId, terminalId, donor, holder, user }) => [
    programmeId,
    terminalId,
    donor,
    holder,
    user,
  ],
  sponsorship: ({ sponsor, accountIds }) => [sponsor, ...accountIds],
  countClaim: ({ programmeId }) => [programmeId],
  reseller: ({ party, territory }) => [party, territory],
  screening: ({ party }) => [party],
  policy: () => [],
  statement: ({ territory }) => [territory],
  operatorArea: () => [],
  areaMove: ({ area, requestId }) => [area, requestId],
  areaRequest: ({ scope }) => {
    switch (scope.kind) {
      case "area":
        return scope.areas;
      case "terminals":
        return scope.terminalIds;
      case "data":
        return scope.subjects;
    }
  },
  sealedPolicy: () => [],
  order: ({ terminalId }) => [terminalId],
  txOff: ({ terminalId }) => [terminalId],
  bulkOrder: ({ basis, terminalIds }) => [basis.id, ...terminalIds],
  proposal: ({ requestedBy }) => [requestedBy.id],
  breakGlass: () => [],
  evidence: ({ caseId, sha256 }) => [caseId, sha256],
  finding: ({ terminalId, caseId }) => [terminalId, caseId],
  notice: ({ subject, party, decisionId }) => [subject, party, decisionId],
  appeal: ({ subject, noticeId }) => [subject, noticeId],
  allowListApplication: ({ terminalId, territory, holder }) => [terminalId, territory, holder],
  siteException: ({ terminalIds }) => terminalIds,
  licenceException: ({ territory, statementId }) => [territory, statementId],
  protectedSite: ({ terminalIds }) => terminalIds,
};

/** One kind's records and the way to them from what they are about. */
interface Shelf<T> {
  readonly byId: Map<string, T>;
  readonly bySubject: Map<string, Set<string>>;
}

/** A {@link Book} in memory. Changes are made through {@link MapBook.apply} only, all of a ruling's or none. */
export class MapBook implements Book {
  readonly #shelves = new Map<RecordKind, Shelf<RecordKinds[RecordKind]>>();

  get<K extends RecordKind>(kind: K, id: string): RecordKinds[K] | undefined {
    return this.#shelf(kind).byId.get(id);
  }

  all<K extends RecordKind>(kind: K): Iterable<RecordKinds[K]> {
    return this.#shelf(kind).byId.values();
  }

  about<K extends RecordKind>(kind: K, subject: string): readonly RecordKinds[K][] {
    const shelf = this.#shelf(kind);
    return [...(shelf.bySubject.get(subject) ?? [])].map(id => shelf.byId.get(id)!);
  }

  size(kind: RecordKind): number {
    return this.#shelf(kind).byId.size;
  }

  apply(changes: Iterable<Change>): void {
    for (const { kind, id, document } of changes) {
      const shelf = this.#shelf(kind);
      const before = shelf.byId.get(id);
      const names = document === null ? [] : namesOf(kind, document);
      if (before !== undefined) {
        // Only what it is no longer about: the others keep their order.
        for (const subject of namesOf(kind, before)) {
          if (!names.includes(subject)) shelf.bySubject.get(subject)?.delete(id);
        }
      }
      if (document === null) {
        shelf.byId.delete(id);
        continue;
      }
      shelf.byId.set(id, document);
      for (const subject of names) {
        const ids = shelf.bySubject.get(subject);
        if (ids === undefined) shelf.bySubject.set(subject, new Set([id]));
        else ids.add(id);
      }
    }
  }

  // A shelf holds the documents of its own kind only, which the compiler cannot follow through the map.
  #shelf<K extends RecordKind>(kind: K): Shelf<RecordKinds[K]> {
    let shelf = this.#shelves.get(kind);
    if (shelf === undefined) {
      shelf = { byId: new Map(), bySubject: new Map() };
      this.#shelves.set(kind, shelf);
    }
    return shelf as unknown as Shelf<RecordKinds[K]>;
  }
}

function namesOf(kind: RecordKind, document: RecordKinds[RecordKind]): readonly string[] {
  const subjects = (subjectsOf[kind] as (document: unknown) => readonly (string | null)[])(document);
  return subjects.filter(subject => subject !== null);
}
