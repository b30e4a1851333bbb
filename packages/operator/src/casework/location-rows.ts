// SPDX-License-Identifier: MIT
import type { LocationEvidence } from "@perigee/locate";
import { sql } from "kysely";
import type { Queryable } from "../storage/database.ts";

/** Verdicts of one terminal that are looked at; the newest say most. */
const MOST_EACH = 20;

/** What was measured of some terminals since an instant, the newest verdict of each first. */
export async function evidenceAbout(
  db: Queryable,
  terminals: readonly string[],
  sinceMs: number,
): Promise<LocationEvidence[]> {
  if (terminals.length === 0) return [];
  const { rows } = await sql<{ document: LocationEvidence }>`
    select document from (
      select document, row,
        row_number() over (partition by document->>'terminalId' order by row desc) as newest
      from record
      where kind = 'locationVerdict' and valid_from_ms >= ${sinceMs}
        and document->>'terminalId' in (select json_array_elements_text(${JSON.stringify(terminals)}::json))
    ) as each
    where newest <= ${MOST_EACH}
    order by row desc`.execute(db);
  return rows.map(({ document }) => document);
}
