// SPDX-License-Identifier: MIT

/** A piece of evidence that a request names. */
export interface Evidence {
  readonly id: string;
  /** What it is, in a word or two. */
  readonly what: string;
  /** Where the console shows it; `null`: nowhere. */
  readonly page: { readonly path: string; readonly tab: string } | null;
}

const FINDINGS = { path: "/orders", tab: "findings" };

/** The evidence of a request: what it rests on, what it cites, and whose licence it uses. */
export function evidenceOf(request: unknown): readonly Evidence[] {
  if (typeof request !== "object" || request === null) return [];
  const { basis, evidence, licenceExceptionId } = request as Readonly<Record<string, unknown>>;
  const found: Evidence[] = [];
  if (typeof basis === "object" && basis !== null && "id" in basis && "kind" in basis) {
    const isFinding = basis.kind === "finding";
    found.push({
      id: String(basis.id),
      what: isFinding ? "Finding" : basis.kind === "lawfulOrder" ? "Lawful order" : "Policy",
      page: isFinding ? FINDINGS : null,
    });
  }
  if (Array.isArray(evidence)) {
    for (const id of evidence) {
      const text = String(id);
      found.push({
        id: text,
        what: text.startsWith("fin_") ? "Finding" : "Cites",
        page: text.startsWith("fin_") ? FINDINGS : null,
      });
    }
  }
  if (typeof licenceExceptionId === "string")
    found.push({ id: licenceExceptionId, what: "Licence", page: null });
  return found;
}
