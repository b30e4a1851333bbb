// SPDX-License-Identifier: MIT
import { count } from "../../format/number.ts";
import type { MarkTone } from "../../ui/mark.tsx";

/** How far behind the ledger a witness is. @param signed entries under its signature, @param size of the ledger */
export function witnessMark(signed: number, size: number): readonly [tone: MarkTone, words: string] {
  const behind = size - signed;
  if (behind < 0) return ["bad", `Signed ${count(-behind)} more than the ledger has`];
  if (behind === 0) return ["ok", "Signed all"];
  return ["wait", behind === 1 ? "1 entry behind" : `${count(behind)} entries behind`];
}
