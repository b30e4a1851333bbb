// SPDX-License-Identifier: MIT
// Reading invented reports, an event at a time: bytes per second, memory, and growth with the documents of an event.
import { createHash } from "node:crypto";
import { readReports, type SourceDocument } from "@perigee/intake";
import { type Bench, quantile, round } from "./result.ts";

/** Events read one after the other, and the documents of each. */
const EVENTS = 60;
const DOCUMENTS = 5;
/** The events are read so often, the first time to warm up; the middle rate of the others is given. */
const ROUNDS = 6;
/** Documents of one event read together, for the growth. */
const SIZES = [10, 40, 160] as const;

const TOWNS = ["Bergen", "Narvik", "Alta", "Molde", "Hamar", "Aarhus", "Turku", "Oulu", "Malmo", "Aalborg"];
const STATES = ["Norwegian", "Danish", "Finnish", "Swedish", "Icelandic", "Estonian", "Latvian", "Scottish"];
const GIVEN = [
  "Maren",
  "Jonas",
  "Ingrid",
  "Lars",
  "Sigrid",
  "Olav",
  "Freja",
  "Aino",
  "Nils",
  "Kaja",
  "Henrik",
];
const FAMILY = [
  "Ostby",
  "Vik",
  "Dahl",
  "Moen",
  "Holm",
  "Berg",
  "Lind",
  "Virtanen",
  "Sund",
  "Krog",
  "Aas",
  "Falk",
  "Ness",
];
const FIRMS = ["Polarlink", "Nordnet", "Kystsat", "Havblik", "Fjellcom", "Isbrua", "Skansen"];
const GOODS = ["Skylark", "Ternwave", "Gannet", "Merlin", "Osprey", "Petrel"];
const BODIES = ["customs", "police", "defence ministry", "coast guard", "telecoms regulator", "parliament"];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Sunday"];
/** What people of these reports talk about: words enough that two sentences are seldom alike. */
const THINGS =
  "harbour ferry trawler quota licence winter storm cable mast depot warehouse invoice lighthouse reindeer tunnel bridge school clinic herring smelter quarry orchard glacier chapel museum regatta".split(
    " ",
  );
const VERBS =
  "inspected counted repaired painted measured photographed closed reopened insured rented numbered weighed cleaned listed sealed".split(
    " ",
  );
const HOWS =
  "in the early morning|without any notice|at their own cost|for the second time|after a long dispute|with borrowed tools|under a new contract|by mistake|in plain sight|before the auction".split(
    "|",
  );

/** Counter-based and seeded by the place in the text: the same reports every time. */
function pick<T>(list: readonly T[], ...at: readonly number[]): T {
  let h = 2_166_136_261;
  for (const n of at) h = Math.imul(h ^ (n + 0x9e37_79b9), 16_777_619) ^ (h >>> 13);
  return list[(h >>> 0) % list.length]!;
}

/** A sentence about nothing in particular, as most of a report is. */
function filler(...at: readonly number[]): string {
  return `The ${pick(THINGS, 1, ...at)} near the ${pick(THINGS, 2, ...at)} was ${pick(VERBS, 3, ...at)} ${pick(HOWS, 4, ...at)}, and the ${pick(THINGS, 5, ...at)} was ${pick(VERBS, 6, ...at)} ${pick(HOWS, 7, ...at)}.`;
}

/** Document `d` of event `e`, some 2.5 kB: the same quotations in each, the rest its own, in another order. */
function reportOf(e: number, d: number): SourceDocument {
  const [firm, goods, town, state] = [
    pick(FIRMS, e, 1),
    pick(GOODS, e, 2),
    pick(TOWNS, e, 3),
    pick(STATES, e, 4),
  ];
  const name = `${pick(GIVEN, e, 5)} ${pick(FAMILY, e, 6)}`;
  const shared = [
    `"To the best of our knowledge, no ${goods} terminals have been sold to the ${pick(THINGS, e, 7)} owners of ${town}," ${firm} chief executive ${name} said in an e-mail on ${pick(DAYS, e, 8)}.`,
    `The ${state} ${pick(BODIES, e, 9)} said on ${pick(DAYS, e, 10)} that ${state} troops were using ${goods} terminals near ${town}.`,
    `${firm} said the ${goods} service was not active in ${pick(TOWNS, e, 11)} and that it had refused to activate it there in September.`,
  ];
  const own = Array.from({ length: 9 }, (_, p) => {
    const said = `"We ${pick(VERBS, e, d, p, 1)} ${2 + ((e * 7 + d * 3 + p) % 90)} kits ${pick(HOWS, e, d, p, 2)}, and the ${pick(THINGS, e, d, p, 3)} was ${pick(VERBS, e, d, p, 4)} ${pick(HOWS, e, d, p, 5)}," ${pick(GIVEN, e, d, p, 6)} ${pick(FAMILY, e, d, p, 7)}, a ${pick(THINGS, e, d, p, 8)} owner, told reporters on ${pick(DAYS, e, d, p)}.`;
    return p % 3 === 0 ? `${said} ${filler(e, d, p, 1)}` : `${filler(e, d, p, 2)} ${filler(e, d, p, 3)}`;
  });
  const body = [
    shared[d % 3]!,
    ...own.slice(0, 3),
    shared[(d + 1) % 3]!,
    ...own.slice(3, 6),
    shared[(d + 2) % 3]!,
    ...own.slice(6),
  ];
  body[0] = `${town.toUpperCase()}, 12 March 2031 - ${body[0]}`;
  return {
    id: `${e}-${d}`,
    mediaType: "text/plain",
    text: `${goods} maker denies sales, report ${d}\n\n${body.join("\n\n")}\n`,
  };
}

function read(documents: readonly SourceDocument[]) {
  const report = readReports(documents);
  if (!report.ok) throw new Error(report.error.message);
  return report.value;
}

const cpuSeconds = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};
const bytesOf = (documents: readonly SourceDocument[]): number =>
  documents.reduce((sum, d) => sum + Buffer.byteLength(d.text), 0);

export const bench: Bench = async progress => {
  const events = Array.from({ length: EVENTS }, (_, e) =>
    Array.from({ length: DOCUMENTS }, (_, d) => reportOf(e, d)),
  );
  const checksum = createHash("sha256");
  const figures: Record<string, number> = {};
  const bytes = events.reduce((sum, documents) => sum + bytesOf(documents), 0);
  // The gazetteer is read once, in the first round; what a reading costs is measured in the others.
  const rates: number[] = [];
  let reports: ReturnType<typeof read>[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const began = process.cpuUsage();
    reports = events.map(read);
    if (n > 0) rates.push(bytes / cpuSeconds(began));
  }
  figures["bytesPerSecond"] = Math.round(quantile(rates, 0.5));
  figures["documentBytesMean"] = Math.round(bytes / (EVENTS * DOCUMENTS));
  for (const report of reports) checksum.update(JSON.stringify(report));
  const statements = reports.reduce((sum, r) => sum + r.statements.length, 0);
  figures["statementsPerSecond"] = Math.round((statements * figures["bytesPerSecond"]) / bytes);
  progress(`${EVENTS} events, ${bytes} bytes, ${statements} statements`);
  for (const size of SIZES) {
    const documents = Array.from({ length: size }, (_, d) => reportOf(1, d));
    const at: number[] = [];
    let report = read(documents);
    for (let n = 1; n < ROUNDS; n++) {
      const before = process.cpuUsage();
      report = read(documents);
      at.push(bytesOf(documents) / cpuSeconds(before));
    }
    figures[`bytesPerSecondAt${size}`] = Math.round(quantile(at, 0.5));
    checksum.update(JSON.stringify(report.propositions));
    progress(`${size} documents of one event: ${report.statements.length} statements`);
  }
  figures["peakRssMb"] = round(process.resourceUsage().maxRSS / 1024);
  return {
    workload: `${EVENTS} invented events of ${DOCUMENTS} reports that share three passages, each event read by itself, ${ROUNDS} times, the middle rate of all but the first; then ${SIZES.join(", ")} reports of one event together`,
    checksum: checksum.digest("hex"),
    figures,
    peers: {},
    ratios: {
      rateAtMostToLeast: round(
        figures[`bytesPerSecondAt${SIZES.at(-1)}`]! / figures[`bytesPerSecondAt${SIZES[0]}`]!,
      ),
    },
  };
};
