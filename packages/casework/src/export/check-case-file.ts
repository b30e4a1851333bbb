// SPDX-License-Identifier: MIT
import { contentHash } from "@perigee/authority";
import { CASE_FILE_FORMAT } from "./case-file.ts";

/** One thing wrong with a case file. */
export interface CaseFileFinding {
  readonly code:
    | "malformed"
    | "partAltered"
    | "partMissing"
    | "stepNotLogged"
    | "orderNotLogged"
    | "findingNotLogged";
  readonly message: string;
  /** JSON pointer into the file. */
  readonly place: string;
}

/** What a check of a case file found. It does not verify the bundle's proofs: the ledger's own verifier does. */
export interface CaseFileReport {
  readonly ok: boolean;
  readonly findings: readonly CaseFileFinding[];
  /** Decisions in the bundle; `null`: there is no bundle, so nothing was compared with the log. */
  readonly decisions: number | null;
}

const partNames = [
  ...["case", "reports", "weights", "supply", "evidence", "findings"],
  ...["orders", "notices", "appeals", "clocks"],
];
/** Findings after which a check stops: the file is not what it says. */
const mostFindings = 100;

/**
 * Whether a case file holds what its manifest says, and whether every step, finding and order in it has its decision in the
 * bundle of the ledger that comes with it. Needs no network and no operator; to be used with the verification of the bundle.
 *
 * @param file of unknown origin, as parsed JSON
 */
export function checkCaseFile(file: unknown): CaseFileReport {
  const findings: CaseFileFinding[] = [];
  const add = (code: CaseFileFinding["code"], place: string, message: string): void => {
    if (findings.length < mostFindings) findings.push({ code, message, place });
  };
  const malformed = (place: string, message: string): CaseFileReport => {
    add("malformed", place, message);
    return { ok: false, findings, decisions: null };
  };
  if (!isObject(file) || file["format"] !== CASE_FILE_FORMAT) {
    return malformed("/format", `This is no ${CASE_FILE_FORMAT}.`);
  }
  const parts = file["parts"];
  const manifest = file["manifest"];
  if (!isObject(parts) || !isObject(manifest)) return malformed("/parts", "Parts or manifest are missing.");
  for (const name of partNames) {
    if (!(name in parts)) add("partMissing", `/parts/${name}`, `The part ${name} is missing.`);
    else if (hashOf(parts[name]) !== manifest[name]) {
      add("partAltered", `/parts/${name}`, `The part ${name} is not what the manifest says.`);
    }
  }
  const decisions = decisionsOf(file["ledger"]);
  if (decisions !== null) {
    const found = parts["case"];
    const caseId = isObject(found) ? found["id"] : undefined;
    for (const [i, step] of listOf(isObject(found) ? found["steps"] : undefined).entries()) {
      const logged = decisions.some(
        ({ subject, outcome, atMs }) => subject === caseId && outcome === step["to"] && atMs === step["atMs"],
      );
      if (!logged)
        add("stepNotLogged", `/parts/case/steps/${i}`, "No decision in the bundle records this step.");
    }
    for (const [i, order] of listOf(parts["orders"]).entries()) {
      const logged = decisions.some(
        ({ subject, orderId }) => subject === order["terminalId"] && orderId === order["id"],
      );
      if (!logged)
        add("orderNotLogged", `/parts/orders/${i}`, "No decision in the bundle records this order.");
    }
    for (const [i, finding] of listOf(parts["findings"]).entries()) {
      const logged = decisions.some(
        ({ inputs, outcome }) =>
          isObject(inputs) && inputs["finding"] === finding["id"] && outcome === finding["verdict"],
      );
      if (!logged)
        add("findingNotLogged", `/parts/findings/${i}`, "No decision in the bundle records this finding.");
    }
  }
  return { ok: findings.length === 0, findings, decisions: decisions?.length ?? null };
}

type Members = { readonly [member: string]: unknown };

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function hashOf(part: unknown): string | null {
  try {
    return contentHash(part);
  } catch {
    // What canonical JSON cannot carry is not what was hashed.
    return null;
  }
}

/** The decisions in the entries of a bundle; `null` where there is none. An entry that is no decision counts as none. */
function decisionsOf(bundle: unknown): readonly Members[] | null {
  if (!isObject(bundle)) return null;
  return listOf(bundle["entries"]).flatMap(({ body }) => {
    if (typeof body !== "string") return [];
    try {
      const entry: unknown = JSON.parse(body);
      const decision = isObject(entry) ? (entry["decision"] ?? entry) : null;
      return isObject(decision) ? [decision] : [];
    } catch {
      return [];
    }
  });
}
