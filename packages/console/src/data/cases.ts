// SPDX-License-Identifier: MIT
// Cases: what is claimed and by whom, which terminals are looked at, what was found, and documents to be read.
import type {
  AddedDocuments,
  CandidateSearchView,
  CaseSheet,
  CaseSignals,
  DocumentsRequest,
  IntakeReportView,
  OwnStatements,
} from "@perigee/operator/contract";
import { getBytes, getJson, sendJson } from "./api.ts";
import { createStore, useStore } from "./external-store.ts";
import type { Result } from "./failure.ts";
import type { RecordRow } from "./records.ts";

/** A document as it is handed over: text, or bytes in base64. */
export type GivenDocument = DocumentsRequest["documents"][number];
export type CaseRecord = CaseSheet["case"];
export type CaseRow = CaseRecord & RecordRow;
export type ReportRow = CaseSheet["reports"][number] &
  RecordRow & { readonly caseId: string; readonly protection: string };
export type StatementRead = IntakeReportView["statements"][number];
export type DocumentRead = IntakeReportView["documents"][number];
export type GapRead = IntakeReportView["gaps"][number];

/** What candidates are searched by; empty members are left out. */
export interface CandidateAsk {
  readonly area: string;
  readonly from: string;
  readonly until: string;
  readonly unit: string;
  readonly account: string;
  readonly serial: string;
}

const casePath = (id: string) => `/v1/cases/${encodeURIComponent(id)}`;

export const casesApi = {
  sheet: (id: string) => getJson<CaseSheet>(`${casePath(id)}/sheet`),
  read: (documents: readonly GivenDocument[]) =>
    sendJson<IntakeReportView>("POST", "/v1/intake/read", { documents }),
  addDocuments: (id: string, documents: readonly GivenDocument[]) =>
    sendJson<AddedDocuments>("POST", `${casePath(id)}/documents`, { documents }),
  candidates: (id: string, ask: CandidateAsk) =>
    getJson<CandidateSearchView>(`${casePath(id)}/candidates?${askParameters(ask)}`),
  signals: () => getJson<CaseSignals>("/v1/case-signals"),
  ownStatements: () => getJson<OwnStatements>("/v1/own-statements"),
};

/** Where the file of a case is. */
export const exportPath = (id: string, format: "json" | "pdf"): string =>
  `${casePath(id)}/export?format=${format}`;

function askParameters(ask: CandidateAsk): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(ask)) {
    const text = value.trim();
    if (text === "") continue;
    if (name === "from" || name === "until") parameters.set(name, `${text.slice(0, 16)}:00.000Z`);
    else parameters.set(name, text.replace(/\s*,\s*/g, ","));
  }
  return parameters;
}

/** Documents of a case, read again, and the text of those that are plain text. */
export interface CaseReading {
  readonly report: IntakeReportView;
  /** By the document's id in the report. */
  readonly texts: ReadonlyMap<string, string>;
  /** The item of evidence that a document of the report is, by the document's id. */
  readonly evidence: ReadonlyMap<string, string>;
}

/** As many as the operator reads at once. */
export const MOST_DOCUMENTS = 20;

/**
 * Reads documents that are in evidence. Every read of the bytes is recorded by the operator, so a page does this only when
 * somebody asks for it.
 */
export async function readEvidence(
  items: readonly { readonly id: string; readonly title: string; readonly mediaType: string }[],
): Promise<Result<CaseReading>> {
  const given: GivenDocument[] = [];
  for (const { id, mediaType } of items.slice(0, MOST_DOCUMENTS)) {
    const bytes = await getBytes(`/v1/evidence/${encodeURIComponent(id)}/copy`);
    if (!bytes.ok) return bytes;
    given.push(documentOf(id, mediaType, new Uint8Array(bytes.value)));
  }
  const report = await casesApi.read(given);
  return report.ok ? { ok: true, value: readingOf(given, report.value) } : report;
}

/** What was read beside what was handed over. Documents are told apart by their names. */
export function readingOf(given: readonly GivenDocument[], report: IntakeReportView): CaseReading {
  const texts = new Map<string, string>();
  const evidence = new Map<string, string>();
  for (const [i, { id, name }] of report.documents.entries()) {
    const document = given.find(of => of.name === name) ?? given[i];
    if (document === undefined) continue;
    evidence.set(id, document.name);
    if (document.text === undefined) continue;
    const text = textAsRead(document.text);
    const own = report.statements.filter(({ documentId }) => documentId === id);
    // Offsets count in the text as the reader cleaned it: where they do not fit this one, they would mark other words.
    if (own.every(statement => fits(text, statement))) texts.set(id, text);
  }
  return { report, texts, evidence };
}

function fits(text: string, { quoteRanges, text: said, direct }: StatementRead): boolean {
  return quoteRanges.every(({ from, to }) => !direct || said.includes(text.slice(from, to).trim()));
}

/** Line ends and marks that nobody sees, as the reader takes them. */
function textAsRead(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\f]/g, "\n")
    .replace(/[\p{Cc}\p{Cf}]/gu, mark => (mark === "\n" || mark === "\t" ? mark : ""));
}

/** A file, as the operator takes it: what is text goes as text, all else as bytes. */
export function documentOf(name: string, mediaType: string, bytes: Uint8Array): GivenDocument {
  const pdf = mediaType === "application/pdf" || startsWith(bytes, "%PDF-");
  const html = !pdf && (mediaType.includes("html") || /\.x?html?$/i.test(name));
  if (!pdf && !html) {
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      return { name, mediaType: "text/plain", text };
    } catch {
      // Another encoding: the operator finds out which.
    }
  }
  const type = pdf ? "application/pdf" : html ? "text/html" : "text/plain";
  return { name, mediaType: type, base64: base64Of(bytes) };
}

const startsWith = (bytes: Uint8Array, text: string) =>
  [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** Arguments of one call at most. */
const CHUNK = 32_768;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}

/** What the map shows of the case that is open. */
export interface CaseOnMap {
  readonly caseId: string | null;
  readonly candidates: readonly { readonly terminalId: string; readonly protectedSite: boolean }[];
  readonly places: readonly {
    readonly id: string;
    readonly name: string;
    readonly latDeg: number;
    readonly lonDeg: number;
  }[];
}

const NO_CASE: CaseOnMap = { caseId: null, candidates: [], places: [] };
const onMap = createStore<CaseOnMap>(NO_CASE);

/** Shows a case on the map; `null` takes it off. */
export function showOnMap(shown: CaseOnMap | null): void {
  onMap.set(shown ?? NO_CASE);
}

export function useCaseOnMap(): CaseOnMap {
  return useStore(onMap, state => state);
}
