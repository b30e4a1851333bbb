// SPDX-License-Identifier: MIT
import type { AreaStatement } from "@perigee/operator/contract";
import { useMemo } from "react";
import { areasApi } from "../../data/areas.ts";
import { useLive } from "../../data/live-state.ts";
import { useResource } from "../../data/resource.ts";
import { date } from "../../format/time.ts";
import { AXIS_WORDS, codeWords, shortHash } from "../../format/words.ts";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { useRecordAddress, useRecordTime } from "../../ui/record-table/record-address.ts";
import { RecordTimeChoice, RecordTimeNote } from "../../ui/record-table/record-time.tsx";
import { AXES, areaMatrix, disagree } from "./area-matrix.ts";

/** Territories and what is said about each, five axes side by side; a name opens everything about it. */
export function TerritoryMatrix() {
  const policy = useLive(state => state.status?.policyVersion);
  const time = useRecordTime();
  const [address, change] = useRecordAddress();
  const key = time === null ? "now" : `${time.validAtMs} ${time.knownAtMs}`;
  const areas = useResource(key, policy, () => areasApi.statements(time));
  const filter = address.q;
  const rows = useMemo(() => areaMatrix(areas.value ?? [], filter), [areas.value, filter]);
  return (
    <div className="scroll-part">
      <div className="filters">
        <input
          type="search"
          aria-label="Filter territories"
          placeholder="Territory or code"
          value={filter}
          onChange={event => change({ q: event.target.value })}
        />
        <RecordTimeChoice />
        {policy && (
          <span className="quiet">
            Policy <code title={policy}>{shortHash(policy)}</code>
          </span>
        )}
      </div>
      <RecordTimeNote />
      {areas.failure && <FailureNote failure={areas.failure} retry={areas.reload} />}
      {areas.loading && <Skeleton lines={10} label="Areas are loading" />}
      {areas.value && rows.length === 0 && (
        <EmptyNote
          title={filter ? "No territory is called that." : "Nobody had said anything about any territory."}
        >
          {filter ? "Clear the filter to see all of them." : "Choose a later time, or enter a statement."}
        </EmptyNote>
      )}
      {rows.length > 0 && (
        <table className="table areas">
          <thead>
            <tr>
              <th scope="col">Territory</th>
              {AXES.map(axis => (
                <th key={axis} scope="col">
                  {AXIS_WORDS[axis]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.territory} aria-current={address.id === row.territory || undefined}>
                <th scope="row">
                  <button type="button" className="link-button" onClick={() => change({ id: row.territory })}>
                    {row.name}
                  </button>
                  <code>{row.territory}</code>
                </th>
                {AXES.map(axis => (
                  <td key={axis} data-axis={AXIS_WORDS[axis]}>
                    <Statements statements={row.byAxis[axis]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Statements({ statements }: { statements: readonly AreaStatement[] }) {
  if (statements.length === 0) return <span className="quiet">Not stated</span>;
  return (
    <>
      {disagree(statements) && <span className="differ">Sources differ</span>}
      {statements.map(of => (
        <div key={of.id} className="statement" data-ended={of.validTo !== null || undefined}>
          <strong>{codeWords(of.value)}</strong>
          <span>{of.asserter}</span>
          <span className="quiet">{of.source}</span>
          <span className="quiet when">
            {of.validTo === null
              ? `since ${date(of.validFrom)}`
              : `${date(of.validFrom)} to ${date(of.validTo)}`}
          </span>
        </div>
      ))}
    </>
  );
}
