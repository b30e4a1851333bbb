// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { claimReviews } from "./claim-review.ts";
import type { SourceDocument } from "./model.ts";
import { readReports } from "./read.ts";
import type { IntakeReport } from "./report.ts";
import { intakeReportSchema } from "./report-schema.ts";
import { extendTables, shippedTables } from "./tables/intake-tables.ts";
import { needsReports, recordedReport } from "./testing/recorded-reports.ts";

const doc = (id: string, text: string): SourceDocument => ({ id, text, mediaType: "text/plain" });

function read(...documents: readonly SourceDocument[]): IntakeReport {
  const report = readReports(documents);
  assert.ok(report.ok, report.ok ? "" : report.error.message);
  return report.value;
}

const find = (r: IntakeReport, predicate: string, polarity: "affirmed" | "denied", area?: string) =>
  r.propositions.filter(
    p =>
      p.predicate === predicate &&
      p.polarity === polarity &&
      (area === undefined || p.area?.pin.id.startsWith(area)),
  );

let recorded: IntakeReport | undefined;
const five = (): IntakeReport =>
  (recorded ??= read(...["000", "001", "002", "003", "004"].map(recordedReport)));

test("The recorded reports: eleven claimants, spelled as they may be, are one each", needsReports(), () => {
  const r = five();
  const wanted = [
    "person:elon-musk",
    "person:dmitry-peskov",
    "person:andrey-yusov",
    "org:spacex",
    "org:important-stories",
    "outlet:cnn",
    "ru:presidency",
    "ua:government",
    "ua:military-intelligence",
  ];
  for (const id of wanted) assert.ok(r.claimants.includes(id), id);
  const unnamed = r.claimants.filter(id => id.startsWith("unnamed:"));
  assert.ok(unnamed.some(id => id.includes("service-member@ua:military-intelligence")));
  assert.ok(unnamed.some(id => id.includes("representatives")));
  assert.ok(r.claimants.length <= 13, r.claimants.join());
});

test("The recorded reports: the claim of use has two origins, the denial of sale one", needsReports(), () => {
  const r = five();
  const use = find(r, "USED_BY", "affirmed").filter(
    p => p.subject === "ru:armed-forces" && p.grade.independentOrigins > 0,
  );
  assert.equal(use.length, 1);
  assert.deepEqual(use[0]!.origins.map(o => o.id).sort(), ["org:important-stories", "ua:government"]);
  assert.equal(use[0]!.grade.independentOrigins, 2);
  const sale = find(r, "SOLD", "denied", "country:RU");
  assert.equal(sale.filter(p => p.manner === null).length, 1);
  assert.equal(sale[0]!.grade.independentOrigins, 1);
  assert.equal(new Set(sale[0]!.assertions.map(a => a.documentId)).size, 5, "five documents, one origin");
});

test("The recorded reports: the only conflict is refused against switched off", needsReports(), () => {
  const r = five();
  const predicates = new Map(r.propositions.map(p => [p.id, p.predicate]));
  assert.ok(r.conflicts.length > 0);
  for (const c of r.conflicts)
    assert.deepEqual(c.propositions.map(id => predicates.get(id)).sort(), ["DEACTIVATED", "REFUSED"]);
});

test("The recorded reports: five routes, none confirmed", needsReports(), () => {
  const r = five();
  assert.deepEqual(
    r.routes.map(x => x.id),
    ["R1", "R2", "R3", "R4", "R5"],
  );
  assert.ok(r.routes.every(x => x.edges.every(e => e.status === "claimed" || e.status === "denied")));
  assert.equal(r.routes[1]!.status, "disputed");
});

test("The recorded reports: days of the week", needsReports(), () => {
  const day = (speaker: string, documentId: string): Set<string> =>
    new Set(
      five()
        .statements.filter(
          s =>
            s.documentId === documentId && s.speaker?.entityId === speaker && s.saidOn?.precision === "day",
        )
        .map(s => s.saidOn!.from),
    );
  assert.deepEqual(day("org:spacex", "002"), new Set(["2024-02-08"]));
  for (const d of ["000", "002"]) assert.ok(day("person:elon-musk", d).has("2024-02-11"), d);
  assert.ok(day("ua:military-intelligence", "002").has("2024-02-11"));
  assert.ok(day("person:dmitry-peskov", "001").has("2024-02-12"));
  assert.ok(day("person:andrey-yusov", "001").has("2024-02-12"));
});

test("The recorded reports: no wrong pin", needsReports(), () => {
  // By the published coordinates of the places meant; a name not listed here must not be pinned as a town.
  const right: Readonly<Record<string, readonly [number, number]>> = {
    bakhmut: [48.594, 37.999],
    moscow: [55.752, 37.618],
    kyiv: [50.455, 30.524],
    kiev: [50.455, 30.524],
    klishchiivka: [48.53, 37.96],
    andriivka: [48.5, 37.97],
    sevastopol: [44.608, 33.521],
    "chasiv yar": [48.588, 37.834],
    dubai: [25.077, 55.309],
  };
  for (const p of five().places) {
    if (p.pin?.kind !== "town") continue;
    const at = right[p.words.toLowerCase()];
    assert.ok(at !== undefined, `${p.words} in ${p.documentId}`);
    assert.ok(
      Math.abs(p.pin.latDeg - at[0]) < 0.05 && Math.abs(p.pin.lonDeg - at[1]) < 0.05,
      `${p.words} in ${p.documentId}`,
    );
  }
  const donetsk = five().places.filter(p => /Donetsk/.test(p.words));
  assert.ok(donetsk.length >= 3 && donetsk.every(p => p.pin?.country === "UA"));
});

test("The recorded reports: nothing of the page's furniture", needsReports(), () => {
  const r = five();
  assert.ok(!r.numbers.some(n => n.value === 400));
  assert.ok(!r.places.some(p => /Honduras|Venezuela|Japan/.test(p.words)));
});

test("The recorded reports: what was asked and not answered is a gap, and no denial", needsReports(), () => {
  const r = five();
  assert.deepEqual(
    new Set(r.gaps.map(g => g.kind)),
    new Set(["declined", "withheld", "noComment", "notAddressed"]),
  );
  assert.equal(
    find(r, "USED_BY", "denied").filter(p => p.assertions.every(a => a.stance !== "dismissed")).length,
    0,
  );
});

test("A report fits its published schema", needsReports(), () => {
  checkSchema(five());
});

// A fishing dispute off Norway, invented: other names, other goods, the same traps.
const COAST = doc(
  "coast",
  `Firm denies selling Skylark terminals to the islands

TROMSO, Norway, 12 March 2031 - The Norwegian coast guard said on Monday that Faroese trawlers were using Skylark terminals near the town of Alta in Norway.

"To the best of our knowledge, no Skylark terminals have been sold to the Faroe Islands," Polarlink chief executive Maren Ostby said in an e-mail on Tuesday.

Polarlink's Skylark terminals are not licensed in the Faroe Islands, the Faroese telecoms regulator said. Last year Ostby said she had refused to activate the Skylark service in Greenland.

The regulator declined to comment on the trawlers.
`,
);
const COPY = doc(
  "copy",
  `Skylark maker denies sales

TORSHAVN, 13 March 2031 - “To the best of our knowledge, no Skylark terminals have been sold to the Faroe Islands,” Maren Ostby, chief executive of Polarlink, said on Tuesday.

Ostby has said that Polarlink switched off the Skylark service in Greenland.
`,
);

test("Another event: a denial of sale copied is one origin, and contradicts no claim of use", () => {
  const r = read(COAST, COPY);
  const sale = find(r, "SOLD", "denied");
  assert.equal(sale.length, 1);
  assert.equal(sale[0]!.assertions.length, 2);
  assert.equal(sale[0]!.grade.independentOrigins, 1);
  assert.equal(sale[0]!.subject, "org:polarlink");
  const use = find(r, "USED_BY", "affirmed");
  assert.ok(use.some(p => p.origins.some(o => o.id === "no:government")));
  assert.ok(!r.conflicts.some(c => c.propositions.includes(sale[0]!.id)));
});

test("Another event: refused and switched off exclude each other; not licensed is an axis of its own", () => {
  const r = read(COAST, COPY);
  assert.equal(r.conflicts.length, 1);
  assert.equal(r.conflicts[0]!.kind, "excludingPredicates");
  assert.equal(find(r, "CERTIFIED_IN", "denied", "country:FO").length, 1);
});

test("Another event: a headline says nothing for anybody", () => {
  const headline = doc(
    "h",
    `Ostby admits selling Skylark terminals to Greenland\n\nOSLO, 12 March 2031 - Polarlink chief executive Maren Ostby said on Tuesday that Polarlink had never sold Skylark terminals in Greenland.\n`,
  );
  assert.equal(find(read(headline), "SOLD", "affirmed").length, 0);
  assert.equal(find(read(headline), "SOLD", "denied").length, 1);
});

test("A hypothetical asserts nothing", () => {
  const r = read(
    doc(
      "if",
      `OSLO, 12 March 2031 - "If Skylark terminals are being used by smugglers in Norway, we would suspend them," Polarlink said on Monday in a statement.\n`,
    ),
  );
  assert.deepEqual(
    r.propositions.map(p => p.predicate),
    [],
  );
});

test("An allegation waved off has no origin; what is not said is no claim; a denial ends where a clause begins", () => {
  const r = read(
    doc(
      "wave",
      `NAIROBI, 21 August 2031 - The Kenyan interior ministry dismissed claims that Kenyan troops were using Gannet terminals in Somalia.

Havblik did not say whether it had shipped Gannet terminals to Uganda.

Nobody denied that Gannet terminals failed, while shops sold Gannet terminals in Tanzania.
`,
    ),
  );
  const waved = r.propositions.filter(p => p.predicate === "USED_BY");
  assert.equal(waved.length, 1);
  assert.deepEqual(waved[0]!.origins, []);
  assert.deepEqual(find(r, "SHIPPED_TO", "affirmed"), []);
  assert.deepEqual(find(r, "SHIPPED_TO", "denied"), []);
  assert.equal(find(r, "SOLD", "affirmed").length, 1);
});

test("An added row stands before the shipped ones", () => {
  const row = { kind: "declined", words: ["did not respond"] };
  const tables = extendTables(shippedTables(), { gaps: [row] });
  assert.ok(tables.ok);
  assert.equal(tables.value.gaps[0], row);
  assert.equal(tables.value.gaps.length, shippedTables().gaps.length + 1);
});

test("Four papers printing one sentence are not four origins", () => {
  const copies = ["a", "b", "c", "d"].map(id =>
    doc(
      id,
      `OSLO, 12 March 2031 - Swedish troops were using Skylark terminals in Norway, the Norwegian defence ministry said on Monday.\n`,
    ),
  );
  const [use] = find(read(...copies), "USED_BY", "affirmed");
  assert.equal(use!.assertions.length, 4);
  assert.equal(use!.grade.independentOrigins, 1);
  assert.equal(use!.grade.credibility, 3);
});

test("Two states that assert the same are two origins, and reserve lowers the claim and not its sources", () => {
  const r = read(
    doc(
      "a",
      `OSLO, 12 March 2031 - Swedish troops were using Skylark terminals in Norway, the Norwegian defence ministry said on Monday.\n`,
    ),
    doc(
      "b",
      `HELSINKI, 13 March 2031 - The Finnish foreign ministry said on Wednesday that Swedish troops were using Skylark terminals in Norway.\n`,
    ),
  );
  const [use] = find(r, "USED_BY", "affirmed");
  assert.deepEqual(
    use!.origins.map(o => o.id),
    ["no:government", "fi:government"],
  );
  assert.equal(use!.grade.credibility, 1);
  assert.ok(use!.origins.every(o => o.reliability === "F"));
});

test("The same documents give the same bytes", () => {
  assert.equal(JSON.stringify(read(COAST, COPY)), JSON.stringify(read(COAST, COPY)));
});

test("Every claim stands where it says it stands", () => {
  const r = read(COAST, COPY);
  const texts = new Map([COAST, COPY].map(d => [d.id, d.text]));
  for (const p of r.places) assert.equal(texts.get(p.documentId)!.slice(p.from, p.to), p.words);
  for (const a of r.propositions.flatMap(p => p.assertions))
    assert.ok(texts.get(a.documentId)!.slice(a.from, a.to).length > 10);
});

test("A report of another event fits its published schema", () => checkSchema(read(COAST, COPY)));

test("A table of one's own is read first, and a bad one is refused with its row", () => {
  const more = extendTables(shippedTables(), { sources: [{ id: "no:government", reliability: "B" }] });
  assert.ok(more.ok);
  const r = readReports([COAST], more.value);
  assert.ok(r.ok);
  assert.ok(
    r.value.propositions.some(p => p.origins.some(o => o.id === "no:government" && o.reliability === "B")),
  );
  const bad = extendTables(shippedTables(), { places: [{ name: "X" }] });
  assert.ok(!bad.ok);
  assert.equal(bad.error.place, "places[0]");
  assert.ok(!extendTables(shippedTables(), { unknown: [] }).ok);
});

test("A ClaimReview names the claimants and every appearance, and rates nothing", () => {
  const reviews = claimReviews(read(COAST, COPY), "Test desk", "2031-03-14");
  const sale = reviews.find(x => /no Skylark terminals have been sold/.test(x.claimReviewed))!;
  assert.deepEqual(
    sale.itemReviewed.appearance.map(a => a.identifier),
    ["coast", "copy"],
  );
  assert.equal(sale.itemReviewed.firstAppearance.identifier, "coast");
  assert.deepEqual(sale.itemReviewed.author, [{ "@type": "Person", name: "Maren Ostby" }]);
  assert.ok(!("reviewRating" in sale));
});

/** A small reading of the schema: types, enums, required and no others. */
function checkSchema(report: IntakeReport): void {
  const root = intakeReportSchema as Schema;
  const check = (value: unknown, schema: Schema, at: string): string | null => {
    if (schema.$ref !== undefined) return check(value, root.$defs![schema.$ref.slice(8)]!, at);
    if (schema.anyOf !== undefined) {
      const all = schema.anyOf.map(s => check(value, s, at));
      return all.includes(null) ? null : all.join("; ");
    }
    if (schema.enum !== undefined)
      return schema.enum.includes(value)
        ? null
        : `${at}: ${String(value)} is none of ${schema.enum.join(", ")}`;
    if (schema.const !== undefined)
      return value === schema.const ? null : `${at} is not ${String(schema.const)}`;
    if (schema.type === "null") return value === null ? null : `${at} is not null`;
    if (schema.type === "array") {
      if (!Array.isArray(value)) return `${at} is no list`;
      for (const [i, v] of value.entries()) {
        const wrong = check(v, schema.items!, `${at}[${i}]`);
        if (wrong !== null) return wrong;
      }
      return null;
    }
    if (schema.type === "object") {
      if (typeof value !== "object" || value === null) return `${at} is no object`;
      for (const name of schema.required ?? [])
        if (!Object.hasOwn(value, name)) return `${at}.${name} is missing`;
      for (const [name, v] of Object.entries(value)) {
        const s = schema.properties?.[name];
        if (s === undefined && schema.additionalProperties === false)
          return `${at}.${name} is not in the schema`;
        const wrong = s === undefined ? null : check(v, s, `${at}.${name}`);
        if (wrong !== null) return wrong;
      }
      return null;
    }
    const type = schema.type === "integer" ? "number" : schema.type;
    return typeof value === type ? null : `${at} is no ${schema.type}`;
  };
  assert.equal(check(JSON.parse(JSON.stringify(report)), root, "report"), null);
}

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}

test("The shipped tables hold nothing of the recorded event but places and public bodies", () => {
  const require = createRequire(import.meta.url);
  const all = [
    "countries",
    "entities",
    "institutions",
    "places",
    "spellings",
    "predicates",
    "templates",
    "reading",
    "gaps",
    "routes",
    "sources",
  ]
    .map(name => JSON.stringify(require(`./tables/${name}.json`)))
    .join("\n");
  for (const name of ["Musk", "Peskov", "Yusov", "Starlink", "SpaceX", "IStories"])
    assert.ok(!all.includes(name), name);
});

test("A sentence without an end and thousands of places costs time in proportion", () => {
  const r = readReports([
    doc(
      "long",
      `The minister said on Monday that they had been there.\n\n${"in Paris and Rome near Andriivka ".repeat(4_000)}`,
    ),
  ]);
  assert.ok(r.ok);
  assert.ok(r.value.places.length > 10_000);
});
