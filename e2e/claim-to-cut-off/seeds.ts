// SPDX-License-Identifier: MIT
// node e2e/claim-to-cut-off/seeds.ts --seeds 200 [--from 0] [--noise 1] [--json]: the story over many seeds, and
// how it came out. Noise: how many times worse the network measures in truth than it believes.
import { parseArgs } from "node:util";
import { readInvented } from "./claims.ts";
import { type Score, scoreOf, sumOf } from "./score.ts";
import { storyOf } from "./story.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "0" },
    noise: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const count = Number(values.seeds);
const from = Number(values.from);
const noise = Number(values.noise);
if (
  !(
    Number.isSafeInteger(count) &&
    count >= 1 &&
    count <= 100_000 &&
    Number.isSafeInteger(from) &&
    from >= 0 &&
    noise >= 0 &&
    noise <= 100
  )
) {
  console.error("--seeds is a whole number from 1 to 100000, --from one from 0.");
  process.exit(2);
}

const report = readInvented();
const began = process.cpuUsage();
const scores: { readonly seed: number; readonly score: Score }[] = [];
for (let seed = from; seed < from + count; seed++)
  scores.push({ seed, score: scoreOf(storyOf(seed, report, noise)) });
const { user, system } = process.cpuUsage(began);
const all = sumOf(scores.map(({ score }) => score));
const missed = scores.filter(({ score }) => score.cut < score.bound).map(({ seed }) => seed);
const cpuS = (user + system) / 1e6;

const share = (part: number, whole: number): string =>
  whole === 0 ? "none" : `${part} of ${whole} (${((100 * part) / whole).toFixed(2)} %)`;
/** What must hold, and whether it does. */
const held: readonly (readonly [text: string, holds: boolean])[] = [
  [
    `evidence binds, confirmed and cut off: ${share(all.cut, all.bound)}; at least 95 %`,
    all.cut >= 0.95 * all.bound,
  ],
  [`of those dark within a slot: ${share(all.dark, all.cut)}`, all.dark === all.cut],
  [`protected or listed, cut off: ${share(all.guardedCut, all.guarded)}; none`, all.guardedCut === 0],
  [`at the edge of the line's doubt, cut off: ${share(all.openCut, all.open)}; either is right`, true],
  [
    `without evidence, cut off: grey-market ${share(all.unboundCut, all.unbound)}, others ${share(all.othersCut, all.others)}; none`,
    all.unboundCut + all.othersCut === 0,
  ],
  [
    `without an order, offline since: ${all.wentOffline}, of which ${all.wentOfflineForTheirWord} by the rule on false places`,
    all.wentOffline === all.wentOfflineForTheirWord,
  ],
  [`copied identities: copy lost ${share(all.copiesLost, all.copied)}`, all.copiesLost === all.copied],
  [`copied identities: owner served ${share(all.ownersServed, all.copied)}`, all.ownersServed === all.copied],
  [
    `cut off over a misread label: ${share(all.misread, count)}; restored within 60 s: ${share(all.restored, all.misread)}`,
    all.restored === all.misread,
  ],
];
if (values.json) console.log(JSON.stringify({ seeds: count, from, cpuS, ...all, missed }, null, 2));
else {
  console.log(
    `${count} seeds, ${all.terminals} terminals, ${all.grey} of them grey-market units; ${cpuS.toFixed(1)} s of CPU`,
  );
  for (const [text, holds] of held) console.log(`${holds ? "holds " : "MISSED"} ${text}`);
  if (missed.length > 0) console.log(`seeds in which one was missed: ${missed.slice(0, 50).join(" ")}`);
}
if (held.some(([, holds]) => !holds)) process.exitCode = 1;
