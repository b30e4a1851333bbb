// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { noonMs } from "../fixture.ts";
import { custodyOf } from "./custody-chain.ts";
import { countsOf } from "./donation-commands.ts";
import { readDonationFile } from "./donation-file.ts";
import { Office, written } from "./office.ts";

function programme(office: Office): string {
  office.party("fund");
  office.party("clinic");
  office.party("nurse");
  const request = { title: "Light for clinics", donor: "fund", fromMs: noonMs - 1 };
  return written(office.do("programme.open", request), "programme").id;
}

const head = "kitNumber,serial,model,holder,user,country,donatedOn";
const goodRow = (i: number): string =>
  `KIT${String(i).padStart(8, "0")},SN${String(i).padStart(8, "0")},Mini,clinic,nurse,AA,2024-02-01`;

test("20,000 donated terminals in one command: donor, holder and user are three, each with its chain", () => {
  const office = new Office();
  const programmeId = programme(office);
  const rows = Array.from({ length: 20_000 }, (_, i) => goodRow(i));
  const csv = `\ufeff${[head, ...rows].join("\r\n")}\r\n`;
  const ruling = office.do("donation.import", { programmeId, csv, source: "Delivery list 3" });
  assert.equal(ruling.decisions.length, 20_001);
  assert.equal(new Set(ruling.decisions.map(({ id }) => id)).size, 20_001);
  assert.equal(office.book.size("terminal"), 20_000);
  assert.equal(office.book.size("donation"), 20_000);
  const [terminal] = office.book.about("terminal", "KIT00019999");
  assert.deepEqual(
    [terminal?.state, terminal?.donor, terminal?.holder, terminal?.user],
    ["sold", "fund", "clinic", "nurse"],
  );
  const chain = custodyOf(office.book, terminal!.id);
  assert.deepEqual(
    chain.faults.map(({ kind }) => kind),
    ["beginningUnknown"],
  );
  assert.equal(chain.holder, "clinic");
  assert.equal(countsOf(office.book, programmeId).recorded, 20_000);
  const again = office.ask("donation.import", { programmeId, csv, skipBad: true, source: "Delivery list 3" });
  assert.equal(!again.ok && again.error.code, "nothingToImport");
});

test("every bad row is reported with line, column and rule; headers come in any order", () => {
  const office = new Office();
  programme(office);
  const terminalId = office.enrolled(7);
  const csv = [
    "Donated On,holder,KIT_NUMBER,Serial",
    "2024-02-01,clinic,kit 00000001,sn-00001",
    "2024-02-30,clinic,KIT00000002,SN-00002",
    "2024-02-01,nobody,KIT00000001,SN-00001",
    "2024-02-01,clinic,KIT00000007,SN-00003",
    "2099-01-01,,KIT?,S",
    "2024-02-01,clinic,KIT00000004",
    '2024-02-01,clinic,"KIT0000"0005,SN-00005',
  ].join("\n");
  const file = readDonationFile([csv], { book: office.book, atMs: noonMs, holder: null });
  assert.deepEqual(
    file.faults.map(({ line, column, rule }) => `${line} ${column} ${rule}`),
    [
      "3 donatedOn dayForm",
      "4 kitNumber kitNumberTwice",
      "4 serial serialTwice",
      "4 holder partyUnknown",
      "5 kitNumber kitNumberTaken",
      "6 kitNumber kitNumberForm",
      "6 serial serialForm",
      "6 holder holderMissing",
      "6 donatedOn dayOutside",
      "7 4 fieldCount",
      "8 kitNumber afterQuote",
    ],
  );
  assert.ok(file.faults.every(({ message }) => /^[A-Z].*\.$/.test(message)));
  assert.deepEqual([file.rows, file.terminals.length, file.broken], [7, 1, null]);
  assert.ok(terminalId !== "");
});

test("all or nothing, or the bad left out where one says so; never where good rows may be lost in a bad one", () => {
  const office = new Office();
  const programmeId = programme(office);
  const csv = [head, goodRow(1), goodRow(1), goodRow(2)].join("\n");
  const request = { programmeId, csv, source: "list" };
  assert.equal(office.refused("donation.import", request), "rowsBad");
  assert.equal(office.book.size("terminal"), 0);
  const swallowed = [head, goodRow(1), `"${goodRow(2)}`, goodRow(3), `"${goodRow(4)}`].join("\n");
  assert.equal(office.refused("donation.import", { ...request, csv: swallowed, skipBad: true }), "rowsBad");
  assert.equal(office.book.size("terminal"), 0);
  office.do("donation.import", { ...request, skipBad: true });
  assert.equal(office.book.size("terminal"), 2);
  for (const bad of [
    "kitNumber\nKIT00000001",
    "a,b,c\n1,2,3",
    "\n\n",
    "kitNumber,serial,serial\n",
    '"kitNumber',
  ] as const) {
    assert.equal(office.refused("donation.import", { ...request, csv: bad, skipBad: true }), "rowsBad", bad);
  }
});

test("random and mutated files never throw, and each row is either taken in or reported", () => {
  const office = new Office();
  programme(office);
  const context = { book: office.book, atMs: noonMs, holder: "clinic" };
  const base = [head, goodRow(1), goodRow(2), goodRow(3)].join("\r\n");
  const mutation = fc.record({
    at: fc.nat(base.length),
    cut: fc.nat(5),
    put: fc.string({
      unit: fc.constantFrom(",", '"', "\n", "\r", "K", "0", "\0", "\ud800", "é"),
      maxLength: 4,
    }),
  });
  fc.assert(
    fc.property(
      fc.array(mutation, { maxLength: 4 }),
      fc.string({ unit: "binary", maxLength: 40 }),
      (edits, noise) => {
        let text = base;
        for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut);
        for (const csv of [text, noise, `${head}\n${noise}`]) {
          const file = readDonationFile([csv], context);
          const reported = new Set(file.faults.map(({ line }) => line));
          if (file.broken !== null) assert.equal(file.terminals.length, 0);
          else assert.equal(file.terminals.length + reported.size, file.rows);
          for (const { kitNumber, serial } of file.terminals) {
            assert.match(kitNumber, /^KIT[0-9A-Z]{6,17}$/);
            assert.match(serial, /^[0-9A-Z-]{6,32}$/);
          }
          const kits = file.terminals.map(({ kitNumber }) => kitNumber);
          assert.equal(new Set(kits).size, kits.length);
        }
      },
    ),
    { numRuns: cases(5_000), seed: 8 },
  );
});

test("no file that the API may get throws or leaves a part", () => {
  const office = new Office();
  const programmeId = programme(office);
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.boolean(),
      fc.nat(3),
      (noise, skipBad, at) => {
        const rows = [goodRow(1), goodRow(2)].toSpliced(at, 0, noise);
        const size = office.book.size("terminal");
        const ruling = office.ask("donation.import", {
          programmeId,
          csv: [head, ...rows].join("\n"),
          skipBad,
          source: "fuzz",
        });
        const taken = office.book.size("terminal") - size;
        assert.ok(ruling.ok ? taken === 2 : taken === 0);
        if (ruling.ok) {
          // Undone, so that the next case meets the same book.
          office.book.apply(ruling.value.changes.map(change => ({ ...change, document: null })));
        }
      },
    ),
    { numRuns: cases(1_000), seed: 9 },
  );
});
