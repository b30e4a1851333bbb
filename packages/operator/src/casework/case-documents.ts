// SPDX-License-Identifier: MIT
// Documents of a case: kept as evidence, read together, and what they claim entered in the case.
import { type Actor, contentHash, decisionOf, type Evidence, type EvidenceSource } from "@perigee/authority";
import type { IntakeReport, RawDocument } from "@perigee/intake";
import type { Via } from "../access/location-reads.ts";
import type { OperatorContext, Outcome } from "../context.ts";
import { keepCopy, noteEvidenceRead, readCopy, sha256Of } from "../storage/evidence-copies.ts";
import { type ReadMembers, readMembers } from "./claim-ids.ts";
import type { IntakeReader, Reading, ReadingError } from "./intake-reader.ts";

/** The step of custody that a document gets with its first reading: by it a case's documents are known. */
const READ_NOTE = "It was read for claims by the operator's own reader.";
/** Documents of one case that are read together; a matter with more is several cases. */
const MOST_DOCUMENTS = 100;
/** Claims and edges of one command. */
const BATCH = 200;
/** Readings that are remembered. */
const MOST_KEPT = 20;

/** A document as somebody brings it. */
export interface BroughtDocument {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Who does it, and how they came in. */
export interface Reader {
  readonly actor: Actor;
  readonly via: Via;
  readonly why: string | null;
}

export interface AddedToCase {
  readonly documents: readonly { readonly item: Evidence; readonly already: boolean }[];
  readonly claims: number;
  readonly supply: number;
  readonly report: IntakeReport;
}

/** A case's documents, read together. */
export interface CaseReading {
  readonly documents: readonly Evidence[];
  readonly reading: Reading;
}

/** The documents of cases. A case is read again when its documents change, and at the first question after a restart. */
export class CaseDocuments {
  readonly #operator: OperatorContext;
  readonly #reader: IntakeReader;
  readonly #kept = new Map<string, { readonly key: string; readonly reading: Reading }>();

  constructor(operator: OperatorContext, reader: IntakeReader) {
    this.#operator = operator;
    this.#reader = reader;
  }

  /** Documents that were read for a case, in the order in which they came. */
  of(caseId: string): readonly Evidence[] {
    return this.#operator.authority.book
      .about("evidence", caseId)
      .filter(item => item.caseId === caseId && item.custody.some(({ note }) => note === READ_NOTE));
  }

  /** What the case's documents say, read together; `null`: it has none. */
  async read(caseId: string, by: Reader): Promise<CaseReading | null> {
    const documents = this.of(caseId);
    if (documents.length === 0) return null;
    const key = keyOf(documents);
    const kept = this.#kept.get(caseId);
    if (kept?.key === key) return { documents, reading: kept.reading };
    const reading = await this.#reader.read(await this.#rawOf(documents, by));
    if (reading.ok) this.#keep(caseId, key, reading);
    return { documents, reading };
  }

  /**
   * Reads documents with those that the case has, keeps their bytes as evidence, and adds what they claim. If one cannot be
   * read, nothing is changed.
   */
  async add(
    caseId: string,
    brought: readonly BroughtDocument[],
    receivedFrom: Exclude<EvidenceSource, "ownRecord">,
    by: Reader,
  ): Promise<Outcome<AddedToCase, ReadingError>> {
    const before = this.of(caseId);
    const known = new Set(before.map(({ id }) => id));
    const once = new Map(brought.map(document => [evidenceId(caseId, document.bytes), document]));
    const fresh = [...once].filter(([id]) => !known.has(id));
    if (before.length + fresh.length > MOST_DOCUMENTS) {
      return failed("TOO_MANY_DOCUMENTS", `A case has at most ${MOST_DOCUMENTS} documents.`);
    }
    const unchanged = fresh.length === 0 ? await this.read(caseId, by) : null;
    const reading =
      unchanged?.reading ??
      (await this.#reader.read([
        ...(await this.#rawOf(before, by)),
        ...fresh.map(([id, { name, bytes, mediaType }]) => ({ id, name, bytes, mediaType })),
      ]));
    if (!reading.ok) return reading;
    for (const [id, document] of fresh) {
      const kept = await this.#keepAsEvidence(caseId, id, document, receivedFrom, by.actor);
      if (!kept.ok) return kept;
    }
    const members = readMembers(reading.value);
    const added = await this.#addMembers(caseId, members, by.actor);
    if (!added.ok) return added;
    this.#keep(caseId, keyOf(this.of(caseId)), reading);
    const { book } = this.#operator.authority;
    const documents = [...once.keys()].map(id => ({
      ...{ item: book.get("evidence", id)!, already: known.has(id) },
    }));
    return { ok: true, value: { documents, ...added.value, report: reading.value } };
  }

  #keep(caseId: string, key: string, reading: Reading): void {
    this.#kept.delete(caseId);
    this.#kept.set(caseId, { key, reading });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** The bytes of documents, each read of them on record. A copy that is gone or damaged is left out. */
  async #rawOf(documents: readonly Evidence[], { actor, via, why }: Reader): Promise<RawDocument[]> {
    const { db, clock } = this.#operator;
    const raw: RawDocument[] = [];
    for (const { id, title, mediaType, sha256 } of documents) {
      const copy = await readCopy(db, sha256);
      if (copy === null || !copy.intact) continue;
      const read = { evidenceId: id, personId: actor.id, via, atMs: clock.nowMs() };
      await noteEvidenceRead(db, { ...read, why: why ?? "read for claims", outcome: "given" });
      raw.push({ id, name: title, bytes: copy.bytes, mediaType });
    }
    return raw;
  }

  async #keepAsEvidence(
    caseId: string,
    id: string,
    { name, bytes, mediaType }: BroughtDocument,
    receivedFrom: EvidenceSource,
    actor: Actor,
  ): Promise<Outcome<null, ReadingError>> {
    const { authority, clock } = this.#operator;
    const sha256 = sha256Of(bytes);
    if (authority.book.get("evidence", id) === undefined) {
      const entered = await this.#operator.carryOut({
        name: "evidence.add",
        request: { caseId, title: titleOf(name), mediaType, bytes: bytes.length, sha256, receivedFrom },
        actor,
      });
      if (!entered.ok) return entered;
      if (entered.value.changes[0]?.id !== id) throw new Error(`the evidence is not ${id}`);
    }
    const atMs = clock.nowMs();
    const decision = decisionOf({
      ...{ atMs, subject: id, action: "keep evidence", outcome: "kept", reasons: [caseId] },
      text: `${actor.name} brings the ${bytes.length} bytes of ${id} in the case ${caseId}.`,
      inputs: { sha256 },
      actor: { id: actor.id, name: actor.name },
    });
    await authority.log(decision, tx => keepCopy(tx, bytes, atMs));
    const read = await this.#operator.carryOut({
      name: "evidence.note",
      request: { evidenceId: id, step: "examined", note: READ_NOTE },
      actor,
    });
    return read.ok ? { ok: true, value: null } : read;
  }

  /** Adds what the case does not have yet. */
  async #addMembers(
    caseId: string,
    { claims, supply }: ReadMembers,
    actor: Actor,
  ): Promise<Outcome<{ readonly claims: number; readonly supply: number }, ReadingError>> {
    const { book } = this.#operator.authority;
    const found = book.get("case", caseId)!;
    const hasClaim = new Set(found.claims.map(({ id, polarity }) => `${id} ${polarity}`));
    const hasEdge = new Set(found.supply.map(claim => contentHash(claim)));
    const newClaims = claims.filter(({ id, polarity }) => !hasClaim.has(`${id} ${polarity}`));
    const newEdges = supply.filter(claim => !hasEdge.has(contentHash(claim)));
    for (let i = 0; i < Math.max(newClaims.length, newEdges.length); i += BATCH) {
      const request = {
        ...{ caseId, claims: newClaims.slice(i, i + BATCH), supply: newEdges.slice(i, i + BATCH) },
      };
      const added = await this.#operator.carryOut({ name: "case.add", request, actor });
      if (!added.ok) return added;
    }
    return { ok: true, value: { claims: newClaims.length, supply: newEdges.length } };
  }
}

/** As `evidence.add` makes it: of the case and the bytes. */
const evidenceId = (caseId: string, bytes: Uint8Array): string =>
  `evd_${contentHash({ caseId, sha256: sha256Of(bytes) }).slice(0, 32)}`;

const keyOf = (documents: readonly Evidence[]): string => documents.map(({ id }) => id).join(" ");

const titleOf = (name: string): string => (name.length < 3 ? `Document ${name}` : name);

const failed = (code: string, message: string): { readonly ok: false; readonly error: ReadingError } => ({
  ok: false,
  error: { code, message, place: "documents" },
});
