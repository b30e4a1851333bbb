// SPDX-License-Identifier: MIT
import type { AreaStatement } from "@perigee/operator/contract";
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { api } from "../../data/api.ts";
import { useLive } from "../../data/live-state.ts";
import { useResource } from "../../data/resource.ts";
import { date } from "../../format/time.ts";
import { AXIS_WORDS, codeWords, shortHash } from "../../format/words.ts";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { PageHead } from "../page-head.tsx";
import { AXES, areaMatrix, disagree } from "./area-matrix.ts";

/** What may be served where, and who says so. */
export function AreasPage() {
  const policy = useLive(state => state.status?.policyVersion);
  const areas = useResource("areas", policy, api.areas);
  const [parameters, setParameters] = useSearchParams();
  const filter = parameters.get("area") ?? "";
  const rows = useMemo(() => areaMatrix(areas.value ?? [], filter), [areas.value, filter]);
  const setFilter = (text: string) =>
    setParameters(
      before => {
        const next = new URLSearchParams(before);
        if (text) next.set("area", text);
        else next.delete("area");
        return next;
      },
      { replace: true },
    );
  return (
    <div className="page scroll">
      <PageHead title="Areas">
        What may be served where, and who says so. The five answers are independent: not sold is not switched
        off.
      </PageHead>
      <div className="filters">
        <input
          type="search"
          aria-label="Filter territories"
          placeholder="Territory or code"
          value={filter}
          onChange={event => setFilter(event.target.value)}
        />
        {policy && (
          <span className="quiet">
            Policy <code title={policy}>{shortHash(policy)}</code>
          </span>
        )}
      </div>
      {areas.failure && <FailureNote failure={areas.failure} retry={areas.reload} />}
      {areas.loading && <Skeleton lines={10} label="Areas are loading" />}
      {areas.value && rows.length === 0 && (
        <EmptyNote title="No territory is called that.">
          {filter
            ? "Clear the filter to see all of them."
            : "The policy in force says nothing about any territory yet."}
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
              <tr key={row.territory}>
                <th scope="row">
                  {row.name}
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
