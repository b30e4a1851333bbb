// SPDX-License-Identifier: MIT
import type { CaseSheet } from "@perigee/operator/contract";
import { useCallback, useMemo } from "react";
import { type CaseOnMap, type CaseReading, readEvidence, type StatementRead } from "../../data/cases.ts";
import { createStore, useStore } from "../../data/external-store.ts";
import type { Failure } from "../../data/failure.ts";
import { countingPlaces } from "./places-read.ts";

/** What the documents of the open case say, once somebody had them read. */
export interface CaseWords {
  readonly reading: CaseReading | null;
  readonly failure: Failure | null;
  readonly busy: boolean;
  /** By the id that the case's claims give it. */
  readonly statements: ReadonlyMap<string, StatementRead>;
  /** Titles of documents, by their ids in evidence. */
  readonly titles: ReadonlyMap<string, string>;
  /** Names of whoever says something, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Places where something is said to have happened, each once. */
  readonly places: CaseOnMap["places"];
  /** Reads them; the operator records that it gave them out. */
  read(): void;
}

interface Readings {
  readonly key: string | null;
  readonly reading: CaseReading | null;
  readonly failure: Failure | null;
  readonly busy: boolean;
}

/** One case's reading outlives its page, so that going back to it reads nothing out of the evidence again. */
const store = createStore<Readings>({ key: null, reading: null, failure: null, busy: false });

export function useCaseReading(sheet: CaseSheet | null): CaseWords {
  const items = useMemo(() => documentsOf(sheet), [sheet]);
  const key = sheet === null ? null : `${sheet.case.id} ${items.map(({ id }) => id).join(" ")}`;
  const state = useStore(store, all => all);
  const own = key !== null && state.key === key;
  const reading = own ? state.reading : null;
  const read = useCallback((): void => {
    if (key === null || (store.get().key === key && store.get().busy)) return;
    store.set({ key, reading: null, failure: null, busy: true });
    void readEvidence(items).then(answer => {
      if (store.get().key !== key) return;
      store.set({
        busy: false,
        reading: answer.ok ? answer.value : null,
        failure: answer.ok ? null : answer.error,
      });
    });
  }, [key, items]);
  return useMemo(
    () => ({
      reading,
      failure: own ? state.failure : null,
      busy: own && state.busy,
      statements: statementsByCaseId(reading),
      titles: new Map(items.map(({ id, title }) => [id, title])),
      names: new Map(reading?.report.entities.map(({ id, name }) => [id, name])),
      places: countingPlaces(reading?.report.places ?? []),
      read,
    }),
    [reading, own, state.failure, state.busy, items, read],
  );
}

const READABLE = /^(text\/|application\/pdf$|application\/xhtml)/;

/** Documents of a case that are in its evidence and can be read. */
export function documentsOf(sheet: CaseSheet | null): CaseSheet["evidence"] {
  const named = new Set(sheet?.reading?.documents.map(({ id }) => id));
  return (sheet?.evidence ?? []).filter(({ id, mediaType }) => named.has(id) && READABLE.test(mediaType));
}

/** A statement is numbered within its document; the case knows the document by its id in evidence. */
function statementsByCaseId(reading: CaseReading | null): ReadonlyMap<string, StatementRead> {
  if (reading === null) return new Map();
  return new Map(
    reading.report.statements.map(statement => {
      const evidence = reading.evidence.get(statement.documentId) ?? statement.documentId;
      return [`${evidence}${statement.id.slice(statement.documentId.length)}`, statement] as const;
    }),
  );
}
