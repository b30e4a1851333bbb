// SPDX-License-Identifier: MIT

/** What a file may hold at most. More is a fault of the file, and nothing beyond is kept in memory. */
export interface CsvBounds {
  readonly rows: number;
  readonly fields: number;
  readonly fieldChars: number;
  readonly lineChars: number;
}

export const csvBounds: CsvBounds = {
  rows: 100_000,
  fields: 50,
  fieldChars: 500,
  lineChars: 5_000,
};

/** One record of a file. */
export interface CsvRow {
  /** Line on which it begins, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** What is wrong, and where; one sentence each in {@link csvRules}. */
export interface CsvFault {
  readonly line: number;
  /** Line on which the record ends: what an open quotation mark swallowed is between the two. */
  readonly toLine: number;
  /** Number of the field, from 1. */
  readonly field: number;
  readonly rule: CsvRule;
}

/** The rules a file is read by. */
export const csvRules = {
  quoteInside: "A quotation mark stands inside a field that does not begin with one.",
  afterQuote: "Something other than a comma or the line's end follows a closing quotation mark.",
  quoteOpen: "The file ends inside quotation marks.",
  fieldTooLong: "A field has too many characters.",
  lineTooLong: "A record has too many characters.",
  tooManyFields: "A record has too many fields.",
  tooManyRows: "The file has too many records; what follows was not read.",
  nul: "A field holds a NUL character.",
  surrogate: "A field holds half of a surrogate pair.",
} as const;

export type CsvRule = keyof typeof csvRules;

const comma = 44;
const quote = 34;
const lf = 10;
const cr = 13;

type State = "start" | "plain" | "quoted" | "closed" | "afterCr";

/**
 * Reads RFC 4180 text piece by piece: fields between commas, quoted where they hold commas, quotation marks or line
 * breaks; lines end in CRLF, LF or CR; a byte order mark at the beginning is skipped, as are empty lines. A record with a
 * fault is reported and not given; reading goes on with the next. It throws nothing, whatever the text.
 *
 * ```ts
 * const reader = new CsvReader(row => rows.push(row), fault => faults.push(fault));
 * for (const piece of pieces) reader.push(piece);
 * reader.end();
 * ```
 */
export class CsvReader {
  readonly #onRow: (row: CsvRow) => void;
  readonly #onFault: (fault: CsvFault) => void;
  readonly #bounds: CsvBounds;
  #state: State = "start";
  #atBeginning = true;
  #line = 1;
  #rowLine = 1;
  #rowChars = 0;
  #crInQuotes = false;
  #field = "";
  #fields: string[] = [];
  #rowFault: Omit<CsvFault, "toLine"> | null = null;
  #rows = 0;
  #full = false;

  constructor(
    onRow: (row: CsvRow) => void,
    onFault: (fault: CsvFault) => void,
    bounds: CsvBounds = csvBounds,
  ) {
    this.#onRow = onRow;
    this.#onFault = onFault;
    this.#bounds = bounds;
  }

  push(piece: string): void {
    let from = 0;
    if (this.#atBeginning && piece !== "") {
      this.#atBeginning = false;
      if (piece.charCodeAt(0) === 0xfeff) from = 1;
    }
    // A run of characters that mean nothing special is added in one go.
    let runFrom = from;
    for (let at = from; at < piece.length && !this.#full; at++) {
      const code = piece.charCodeAt(at);
      if (code !== comma && code !== quote && code !== lf && code !== cr) {
        if (this.#state === "start" || this.#state === "afterCr") this.#state = "plain";
        else if (this.#state === "closed") {
          this.#fault("afterQuote");
          this.#state = "plain";
        }
        this.#crInQuotes = false;
        continue;
      }
      if (runFrom < at) this.#append(piece.slice(runFrom, at));
      runFrom = at + 1;
      this.#special(code);
    }
    if (!this.#full && runFrom < piece.length) this.#append(piece.slice(runFrom));
  }

  /** The end of the text: what was begun is finished. */
  end(): void {
    if (this.#full) return;
    if (this.#state === "quoted") this.#fault("quoteOpen");
    this.#endRow();
  }

  #special(code: number): void {
    if (this.#state === "quoted") {
      if (code === quote) {
        this.#state = "closed";
        this.#crInQuotes = false;
        return;
      }
      if (code === lf || code === cr) {
        // CRLF inside quotation marks is one line break of the text, kept as it is.
        if (code === cr || !this.#crInQuotes) this.#line++;
      }
      this.#crInQuotes = code === cr;
      this.#append(String.fromCharCode(code));
      return;
    }
    switch (code) {
      case quote:
        if (this.#state === "closed") {
          this.#append('"');
          this.#state = "quoted";
        } else if (this.#state === "plain") this.#fault("quoteInside");
        else this.#state = "quoted";
        return;
      case comma:
        this.#endField();
        return;
      default:
        if (code === lf && this.#state === "afterCr") {
          this.#state = "start";
          return;
        }
        this.#endRow();
        this.#line++;
        this.#rowLine = this.#line;
        this.#state = code === cr ? "afterCr" : "start";
    }
  }

  /** Adds to the field what it has room for; which bound is met first does not depend on how the text is cut. */
  #append(text: string): void {
    if (this.#rowFault !== null) return;
    const lineRoom = this.#bounds.lineChars - this.#rowChars;
    const fieldRoom = this.#bounds.fieldChars - this.#field.length;
    if (text.length > Math.min(lineRoom, fieldRoom)) {
      this.#fault(lineRoom <= fieldRoom ? "lineTooLong" : "fieldTooLong");
      return;
    }
    this.#rowChars += text.length;
    this.#field += text;
  }

  #endField(): void {
    if (this.#field.includes("\0")) this.#fault("nul");
    else if (!this.#field.isWellFormed()) this.#fault("surrogate");
    if (this.#fields.length < this.#bounds.fields) this.#fields.push(this.#field);
    else this.#fault("tooManyFields");
    this.#field = "";
    this.#state = "start";
  }

  #endRow(): void {
    const empty = this.#fields.length === 0 && this.#field === "" && this.#state !== "closed";
    if (!empty) this.#endField();
    if (!empty && this.#rows === this.#bounds.rows) {
      this.#fault("tooManyRows");
      this.#full = true;
    }
    if (this.#rowFault !== null) this.#onFault({ ...this.#rowFault, toLine: this.#line });
    else if (!empty) {
      this.#rows++;
      this.#onRow({ line: this.#rowLine, fields: this.#fields });
    }
    this.#fields = [];
    this.#field = "";
    this.#rowChars = 0;
    this.#rowFault = null;
    this.#state = "start";
  }

  /** The first fault of a record stands for it: what follows a broken quotation is no second one. */
  #fault(rule: CsvRule): void {
    this.#rowFault ??= { line: this.#rowLine, field: this.#fields.length + 1, rule };
  }
}
