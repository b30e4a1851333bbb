// SPDX-License-Identifier: MIT
// The words of this room: documents, passages, speakers and statements. Propositions and origins build on them.

/** Half-open offsets into a document's text, in UTF-16 units: `text.slice(from, to)`. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** What a page said about a piece of its text by its markup, kept from HTML: navigation, caption, heading. */
export interface PassageHint extends TextRange {
  readonly kind: PassageKind;
  /** The markup that said so, such as `<figcaption>`. */
  readonly why: string;
}

/** What a file declares about itself outside the text that people read. Declared, so to be weighed. */
export interface DeclaredFacts {
  /** BCP 47, as declared by the page. */
  readonly language?: string;
  readonly title?: string;
  readonly publisher?: string;
  /** ISO date or instant of publication. */
  readonly published?: string;
  readonly canonicalUrl?: string;
}

/** A document as plain text. All offsets in this room's results count in `text`. */
export interface SourceDocument {
  readonly id: string;
  readonly text: string;
  readonly mediaType: "text/plain";
  /** The file's name, for people. */
  readonly name?: string;
  readonly url?: string;
  /** When it was fetched, UTC ms. Used for nothing but the record: a statement is not dated by it. */
  readonly fetchedAtMs?: number;
  readonly hints?: readonly PassageHint[];
  readonly declared?: DeclaredFacts;
}

/** Kinds of passage. Only `paragraph` and `listItem` are read for statements; the others are kept aside. */
export type PassageKind =
  | "headline"
  | "subhead"
  | "dateline"
  | "byline"
  | "paragraph"
  | "listItem"
  | "caption"
  | "furniture"
  | "promotion"
  | "notice";

/** A piece of a document with what it is, and why it was taken for that. */
export interface Passage extends TextRange {
  readonly kind: PassageKind;
  readonly why: string;
}

/** A date or an interval, both ends inclusive. */
export interface DatedOn {
  /** ISO date, `2031-05-04`. */
  readonly from: string;
  /** ISO date, the last day. */
  readonly to: string;
  readonly precision: "day" | "month" | "year" | "fuzzy";
  /** The words and the rule that gave it. */
  readonly why: string;
}

/** Whose report a document is, or says it is, besides its own publisher. */
export interface Credit extends TextRange {
  /** As in the table of agencies, or as written: `Reuters`. */
  readonly name: string;
  /** `wire`: an agency's dateline or credit · `photo`: a picture's · `citedReport`: another outlet's report. */
  readonly kind: "wire" | "photo" | "citedReport";
  readonly why: string;
}

/** A document cut into passages, with what it says of itself. */
export interface ReadDocument {
  readonly document: SourceDocument;
  /** `en`, another BCP 47 tag where the words or the script show it, or `und`. */
  readonly language: string;
  /** In reading order; they do not overlap and leave out only white space. */
  readonly passages: readonly Passage[];
  readonly published: DatedOn | null;
  /** Who prints it: declared by the page, its notice of rights, or its address. */
  readonly publisher: string | null;
  /** The agency whose copy it says it is. */
  readonly agency: string | null;
  /** The place of the dateline, as written. It is where the report was filed, not where anything happened. */
  readonly datelinePlace: string | null;
  /** Writers and editors, as written. */
  readonly byline: readonly string[];
  readonly credits: readonly Credit[];
  /** What to know before relying on it, in sentences. */
  readonly warnings: readonly string[];
}

/** Who said something. */
export interface Speaker {
  /** From the table of names; `null` until a name is found there. */
  readonly entityId: string | null;
  /** The fullest form of the name in this document, or the words that stand for a name: `one service member`. */
  readonly name: string;
  /** As written: `Kremlin spokesman`. */
  readonly role: string | null;
  readonly kind: "person" | "organisation" | "government" | "unnamed";
  /** Where the document names this speaker nearest to the statement, if it does so in words. */
  readonly mention?: TextRange;
}

/** What the verb of an attribution says the speaker does with the content. */
export type Stance = "asserts" | "denies" | "concedes" | "asks" | "declines";

/** How near the words are to the speaker's. */
export type Fidelity = "verbatim" | "translated" | "partial" | "altered" | "indirect";

/**
 * Something somebody is said to have said. A direct statement is one sentence or fragment inside quotation
 * marks; an indirect one is a sentence of reported speech.
 */
export interface Statement {
  /** `documentId#n`, n from 1 in reading order. */
  readonly id: string;
  readonly documentId: string;
  /** Direct: from the first quoted character to the last. Indirect: the reported sentence. */
  readonly range: TextRange;
  /** The sentence, or sentences, around it, with the attribution where that stands in the same sentence. */
  readonly sentence: TextRange;
  /** Inside the marks; more than one where the attribution interrupts the sentence; for an indirect statement the fragments quoted in it. */
  readonly quoteRanges: readonly TextRange[];
  /** Direct: the quoted words without marks. Indirect: the sentence as written. */
  readonly text: string;
  readonly direct: boolean;
  /** `null`: nobody is named as the speaker of it. */
  readonly speaker: Speaker | null;
  /** Through whom it came, nearest to the speaker first: whoever reported it last stands last. The document itself is not in it. */
  readonly via: readonly Speaker[];
  /** How it was said: `post on X`, `call with reporters`, `e-mail`, `state television`. */
  readonly channel: string | null;
  /** The words that date it, as written: `on Sunday`, `in early September 2023`. */
  readonly saidOnWords: string | null;
  readonly saidOn: DatedOn | null;
  /** The verb or phrase of the attribution, as written: `claimed`, `according to`. */
  readonly verb: string | null;
  readonly stance: Stance;
  /** The speaker's own reserve: `to the best of our knowledge`. Or the reporter's: `allegedly`. */
  readonly qualifier: string | null;
  readonly fidelity: Fidelity;
  /** The same for every statement that gives the same words of the same speech; `null` before linking. */
  readonly quoteGroup: string | null;
  /** Each step of the reading, in sentences. */
  readonly why: readonly string[];
}

/** Where an intake error lies, in words or as an offset. */
export interface IntakeError {
  readonly code:
    | "TOO_LARGE"
    | "TOO_MANY"
    | "TOO_DEEP"
    | "NOT_TEXT"
    | "UNSUPPORTED_TYPE"
    | "BROKEN_FILE"
    | "EMPTY"
    | "NOT_ENGLISH"
    | "BAD_TABLE";
  /** A sentence for people. */
  readonly message: string;
  /** The document's id or name, the table's name, the page. */
  readonly place: string;
}

/** A value, or what was wrong with what came in. */
export type IntakeResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: IntakeError };
