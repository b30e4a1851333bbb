// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { count } from "../format/number.ts";
import { codeWords } from "../format/words.ts";
import { fieldWords } from "./command-dialog/field-words.ts";
import { valueWords } from "./record-table/version-changes.ts";

const SHOWN = 12;

/** A request in words: each member under the name that its form gives it. */
export function RequestWords({ request }: { request: unknown }) {
  if (typeof request !== "object" || request === null) return null;
  const members = Object.entries(request).filter(
    ([name, value]) =>
      name !== "lastCells" && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return (
    <dl className="consequences">
      {members.map(([name, value]) => (
        <Member key={name} name={name}>
          {words(name, value)}
        </Member>
      ))}
    </dl>
  );
}

function Member({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{fieldWords(name).label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function words(name: string, value: unknown): ReactNode {
  if (Array.isArray(value)) {
    if (value.every(item => typeof item === "string" || typeof item === "number")) {
      const shown = value.slice(0, SHOWN).join(", ");
      return value.length > SHOWN
        ? `${shown} and ${count(value.length - SHOWN)} more (${count(value.length)} in all)`
        : shown;
    }
    return `${count(value.length)}: ${valueWords(name, value)}`;
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([inner, of]) => `${codeWords(inner).toLowerCase()} ${valueWords(inner, of)}`)
      .join(", ");
  }
  return valueWords(name, value);
}
