// SPDX-License-Identifier: MIT
import type { RecordKind } from "../book.ts";

/** What is kept beside the records of the book. */
export type KeptElsewhere =
  | "rawPosition"
  | "locationVerdict"
  | "decision"
  | "readAudit"
  | "telemetry"
  | "session";

/** How long something is kept, and why so long and no longer. */
export interface RetentionRule {
  /** Days after `from`; `null`: as long as the operator exists. */
  readonly days: number | null;
  /** What the days are counted from. */
  readonly from: "made" | "relationshipEnds" | "caseCloses";
  /** Whether it says anything about a person. */
  readonly personal: boolean;
  readonly why: string;
  /** The law or need, as a label for people; which law binds an operator is for its counsel to say. */
  readonly basis: string;
}

const year = 365;
const contract = { days: 3 * year, from: "relationshipEnds", personal: true } as const;
const proof = { days: null, from: "made", personal: false } as const;
const casework = { days: 10 * year, from: "caseCloses", personal: true } as const;

/**
 * How long each kind of thing is kept. Ten years for what a sanctions decision rests on is the period of 31 CFR 501.601
 * as amended from 12 March 2025; six months of appeal follow Regulation (EU) 2022/2065, Article 20(1); that location is
 * kept short follows Directive 2002/58/EC, Article 9, and data minimisation, Regulation (EU) 2016/679, Article 5(1)(c).
 */
export const retentionRules: { readonly [kind in RecordKind | KeptElsewhere]: RetentionRule } = {
  party: {
    ...contract,
    why: "Whoever may still raise a claim has to be known.",
    basis: "limitation of claims",
  },
  account: { ...contract, why: "It says who answered for which terminal.", basis: "limitation of claims" },
  serviceLine: { ...contract, why: "It says what was owed at which address.", basis: "limitation of claims" },
  address: { ...contract, why: "It says where service was owed.", basis: "limitation of claims" },
  contact: { ...contract, why: "It says who spoke for the account.", basis: "limitation of claims" },
  terminal: {
    ...proof,
    why: "A device's history protects whoever buys it next.",
    basis: "need: second-hand safety",
  },
  custody: { ...proof, why: "A chain with a missing link proves nothing.", basis: "need: chain of custody" },
  programme: { ...proof, why: "It tells what terminals were given for.", basis: "need: accountability" },
  donation: {
    ...proof,
    why: "Donor, holder and user stay three, by their ids.",
    basis: "need: accountability",
  },
  sponsorship: { ...contract, why: "It says who paid.", basis: "bookkeeping law" },
  countClaim: { ...proof, why: "It is a public statement.", basis: "need: accountability" },
  reseller: {
    ...proof,
    why: "Whether somebody was authorised is asked later.",
    basis: "need: accountability",
  },
  screening: {
    ...casework,
    why: "What a sanctions decision rests on must be shown for ten years.",
    basis: "31 CFR 501.601",
  },
  policy: { ...proof, why: "A decision cannot be replayed without it.", basis: "need: replay" },
  statement: { ...proof, why: "What was true when, and who said so.", basis: "need: replay" },
  operatorArea: { ...proof, why: "Yesterday's decision needs yesterday's polygon.", basis: "need: replay" },
  areaMove: {
    ...proof,
    why: "Refused and switched off stay different things.",
    basis: "need: accountability",
  },
  areaRequest: { ...casework, why: "Who asked for what is answered for.", basis: "need: accountability" },
  sealedPolicy: { ...proof, why: "It is opened later and must match its hash.", basis: "need: replay" },
  order: {
    ...casework,
    why: "Whoever was cut off may ask why, and courts later.",
    basis: "limitation of claims",
  },
  txOff: {
    ...casework,
    why: "Whoever was silenced may ask why, and so may who was disturbed.",
    basis: "limitation of claims",
  },
  bulkOrder: { ...casework, why: "Whoever was cut off may ask why.", basis: "limitation of claims" },
  proposal: { ...casework, why: "Who approved what is answered for.", basis: "need: accountability" },
  breakGlass: { ...casework, why: "Acting alone is reviewed.", basis: "need: accountability" },
  evidence: {
    ...{ days: null, from: "made", personal: true },
    why: "It is shown as it came in: its copy is neither changed nor deleted.",
    basis: "need: chain of custody",
  },
  case: { ...casework, why: "It says what was claimed and what came of it.", basis: "31 CFR 501.601" },
  caseReport: {
    ...casework,
    why: "It says what was reported, and when it was answered.",
    basis: "31 CFR 501.601",
  },
  finding: { ...casework, why: "A deactivation rests on it.", basis: "limitation of claims" },
  notice: {
    ...casework,
    why: "It proves what somebody was told and when.",
    basis: "(EU) 2022/2065, Article 20(1)",
  },
  appeal: { ...casework, why: "It proves what was answered.", basis: "(EU) 2022/2065, Article 20(1)" },
  allowListApplication: {
    ...contract,
    why: "Caps and stand-ins are judged by it.",
    basis: "need: the list's rules",
  },
  siteException: {
    ...casework,
    why: "Who had service nobody else had is answered for.",
    basis: "need: accountability",
  },
  licenceException: { ...casework, why: "It lifted a prohibition.", basis: "31 CFR 501.601" },
  protectedSite: { ...proof, why: "Bulk orders stop at it.", basis: "need: protection" },
  rawPosition: {
    days: 7,
    from: "made",
    personal: true,
    why: "A verdict that is questioned at once can be measured again; cell and verdict stay.",
    basis: "2002/58/EC, Article 9",
  },
  locationVerdict: {
    days: 2 * year,
    from: "made",
    personal: true,
    why: "A decision names it; it holds a cell and no position.",
    basis: "need: replay",
  },
  decision: { ...proof, why: "The ledger is append-only and holds ids.", basis: "need: proof" },
  readAudit: {
    days: 2 * year,
    from: "made",
    personal: true,
    why: "Whoever read where somebody was is answered for.",
    basis: "(EU) 2016/679, Article 5(2)",
  },
  telemetry: {
    days: 30,
    from: "made",
    personal: true,
    why: "Faults are found by it.",
    basis: "need: operation",
  },
  session: {
    days: 30,
    from: "made",
    personal: true,
    why: "A stolen session is traced.",
    basis: "need: security",
  },
};

/** The table for people, Markdown. */
export function retentionTable(): string {
  const rows = Object.entries(retentionRules).map(([kind, { days, from, personal, why, basis }]) => {
    const term = days === null ? "always" : `${days} days after it ${fromWords[from]}`;
    return `| \`${kind}\` | ${term} | ${personal ? "yes" : "no"} | ${why} | ${basis} |\n`;
  });
  return `| kind | kept | about a person | why | law or need |\n| --- | --- | --- | --- | --- |\n${rows.join("")}`;
}

const fromWords: { readonly [F in RetentionRule["from"]]: string } = {
  made: "was made",
  relationshipEnds: "ended with the relationship",
  caseCloses: "ended with its case",
};
