// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import { CsvReader, type CsvRow, csvRules } from "./csv.ts";

/** The columns of a file of donated terminals, in any order; those that are needed are marked. */
export const donationColumns = {
  kitNumber: { needed: true, sentence: "What is printed on the box: KIT and 6 to 17 of 0-9, A-Z." },
  serial: { needed: true, sentence: "The device's serial number: 6 to 32 of 0-9, A-Z and -." },
  model: { needed: false, sentence: "The model, at most 60 characters." },
  holder: {
    needed: false,
    sentence: "Id of the party that gets it; empty: the holder named for the whole file.",
  },
  user: { needed: false, sentence: "Id of the party that uses it, where that is somebody else." },
  country: { needed: false, sentence: "Where it was given: two capital letters of ISO 3166-1." },
  donatedOn: {
    needed: false,
    sentence: "Day of the donation, e.g. 2024-03-10; empty: the day of the import.",
  },
} as const;

export type DonationColumn = keyof typeof donationColumns;

/** A terminal as a file gives it. */
export interface DonatedTerminal {
  readonly line: number;
  readonly kitNumber: string;
  readonly serial: string;
  readonly model: string | null;
  readonly holder: string;
  readonly user: string | null;
  readonly country: string | null;
  readonly donatedMs: number;
}

/** What is wrong in a file, one entry for each bad field or row. */
export interface DonationFault {
  readonly line: number;
  /** Name of the column, or the number of the field where it has none. */
  readonly column: string;
  /** Stable code of the rule. */
  readonly rule: string;
  readonly message: string;
}

/** A file as it was read: every row is either good or in the report. */
export interface DonationFile {
  readonly terminals: readonly DonatedTerminal[];
  readonly faults: readonly DonationFault[];
  /** Rows below the header, good and bad. */
  readonly rows: number;
  /** Why nothing of the file may be used, even where bad rows are skipped; `null` where that is not so. */
  readonly broken: string | null;
}

/** What a file is read against. */
export interface DonationFileContext {
  readonly book: Pick<Book, "get" | "about">;
  /** Who holds terminals whose row names nobody. */
  readonly holder: string | null;
  readonly atMs: number;
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Nothing of this kind was given away before; an earlier day is a slip. */
const earliestMs = Date.UTC(2015, 0, 1);

/**
 * Reads a CSV of donated terminals and checks every row against the rules, the rest of the file and the book. Kit and
 * serial numbers are compared in capitals and without blanks, as people write them.
 *
 * @param pieces the text, in as many pieces as it comes
 */
export function readDonationFile(pieces: Iterable<string>, context: DonationFileContext): DonationFile {
  const faults: DonationFault[] = [];
  const terminals: DonatedTerminal[] = [];
  const kits = new Map<string, number>();
  const serials = new Map<string, number>();
  const parties = new Map<string, RowRule | null>();
  let header: readonly (DonationColumn | null)[] | null = null;
  let rows = 0;
  let broken: string | null = null;

  /** What stands against giving something to a party. */
  const against = (partyId: string): RowRule | null => {
    let rule = parties.get(partyId);
    if (rule === undefined) {
      const party = context.book.get("party", partyId);
      const known = party !== undefined && party.erasedMs === undefined;
      rule = known ? (party.standing === "sanctioned" ? "partySanctioned" : null) : "partyUnknown";
      parties.set(partyId, rule);
    }
    return rule;
  };

  const readHeader = ({ line, fields }: CsvRow): void => {
    const named = fields.map(columnOf);
    header = named;
    for (const [i, column] of named.entries()) {
      const text = fields[i]!.trim().slice(0, 60);
      if (column === null) faults.push(faultOf(line, text === "" ? String(i + 1) : text, "columnUnknown"));
      else if (named.indexOf(column) !== i) faults.push(faultOf(line, column, "columnTwice"));
    }
    for (const [column, { needed }] of Object.entries(donationColumns)) {
      if (needed && !named.includes(column as DonationColumn))
        faults.push(faultOf(line, column, "columnMissing"));
    }
    if (faults.length > 0) broken = "The first line does not name the columns.";
  };

  const readRow = ({ line, fields }: CsvRow, columns: readonly (DonationColumn | null)[]): void => {
    const before = faults.length;
    const found = (column: DonationColumn, rule: RowRule) => faults.push(faultOf(line, column, rule));
    if (fields.length !== columns.length) {
      faults.push(faultOf(line, String(Math.min(fields.length, columns.length) + 1), "fieldCount"));
      return;
    }
    const value = (column: DonationColumn): string => {
      const at = columns.indexOf(column);
      return at < 0 ? "" : fields[at]!.trim();
    };
    const kitNumber = value("kitNumber").toUpperCase().replaceAll(" ", "");
    const serial = value("serial").toUpperCase().replaceAll(" ", "");
    const model = value("model");
    const holder = value("holder") || (context.holder ?? "");
    const user = value("user");
    const country = value("country");
    const day = value("donatedOn");
    if (!/^KIT[0-9A-Z]{6,17}$/.test(kitNumber)) found("kitNumber", "kitNumberForm");
    else if (kits.has(kitNumber)) found("kitNumber", "kitNumberTwice");
    else if (context.book.about("terminal", kitNumber).some(ut => ut.kitNumber === kitNumber)) {
      found("kitNumber", "kitNumberTaken");
    }
    if (!/^[0-9A-Z-]{6,32}$/.test(serial)) found("serial", "serialForm");
    else if (serials.has(serial)) found("serial", "serialTwice");
    else if (context.book.about("terminal", serial).some(ut => ut.serial === serial))
      found("serial", "serialTaken");
    if (model.length > 60) found("model", "modelTooLong");
    const held = holder === "" ? "holderMissing" : against(holder);
    if (held !== null) found("holder", held);
    const used = user === "" ? null : against(user);
    if (used !== null) found("user", used);
    if (country !== "" && !/^[A-Z]{2}$/.test(country)) found("country", "countryForm");
    const donatedMs = day === "" ? context.atMs : dayMs(day);
    if (donatedMs === null) found("donatedOn", "dayForm");
    else if (donatedMs > context.atMs || donatedMs < earliestMs) found("donatedOn", "dayOutside");
    // Bad rows count for duplicates too: the second of two is reported whichever of them is otherwise bad.
    if (!kits.has(kitNumber)) kits.set(kitNumber, line);
    if (!serials.has(serial)) serials.set(serial, line);
    if (faults.length > before) return;
    terminals.push({
      line,
      kitNumber,
      serial,
      model: model === "" ? null : model,
      holder,
      user: user === "" ? null : user,
      country: country === "" ? null : country,
      donatedMs: donatedMs!,
    });
  };

  const reader = new CsvReader(
    row => {
      if (header === null) {
        readHeader(row);
        return;
      }
      rows++;
      if (broken === null || broken === brokenRecord) readRow(row, header);
    },
    ({ line, toLine, field, rule }) => {
      if (header !== null) rows++;
      const column = header?.[field - 1] ?? String(field);
      faults.push({ line, column, rule, message: csvRules[rule] });
      if (header === null) {
        header = [];
        broken = "The first line does not name the columns.";
      } else if (toLine > line || rule === "tooManyRows" || rule === "quoteOpen") broken ??= brokenRecord;
    },
  );
  for (const piece of pieces) reader.push(piece);
  reader.end();
  if (header === null) {
    faults.push(faultOf(1, "1", "empty"));
    broken = rowRules.empty;
  }
  return { terminals: broken === null ? terminals : [], faults, rows, broken };
}

/** Which rows an open quotation mark swallowed nobody can tell: skipping "the bad row" would lose good ones unseen. */
const brokenRecord = "A bad record may have swallowed others, or the file is too long.";

/** The rules of rows, one sentence each. */
export const rowRules = {
  empty: "The file is empty.",
  columnUnknown: "No column has this name.",
  columnTwice: "This column is named twice.",
  columnMissing: "This column is missing.",
  fieldCount: "The row has not as many fields as the first line.",
  kitNumberForm: donationColumns.kitNumber.sentence,
  kitNumberTwice: "This kit number stands in an earlier row.",
  kitNumberTaken: "A terminal with this kit number is on record.",
  serialForm: donationColumns.serial.sentence,
  serialTwice: "This serial number stands in an earlier row.",
  serialTaken: "A terminal with this serial number is on record.",
  modelTooLong: donationColumns.model.sentence,
  holderMissing: "Nobody is named who gets it.",
  partyUnknown: "No party has this id.",
  partySanctioned: "This party is under sanctions.",
  countryForm: donationColumns.country.sentence,
  dayForm: donationColumns.donatedOn.sentence,
  dayOutside: "The day lies in the future or before 2015.",
} as const;

export type RowRule = keyof typeof rowRules;

function faultOf(line: number, column: string, rule: RowRule): DonationFault {
  return { line, column, rule, message: rowRules[rule] };
}

function columnOf(text: string): DonationColumn | null {
  const plain = text.toLowerCase().replace(/[\s_-]/g, "");
  const names = Object.keys(donationColumns) as DonationColumn[];
  return names.find(name => name.toLowerCase() === plain) ?? null;
}

/** Midnight UTC of a day that the calendar has, or `null`. */
function dayMs(text: string): number | null {
  const [, year, month, day] = dayPattern.exec(text) ?? [];
  if (year === undefined) return null;
  const atMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(atMs).toISOString().slice(0, 10) === text ? atMs : null;
}
