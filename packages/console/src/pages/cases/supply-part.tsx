// SPDX-License-Identifier: MIT
import type { CaseSheet } from "@perigee/operator/contract";
import { useMemo } from "react";
import { Mark } from "../../ui/mark.tsx";
import { EmptyNote } from "../../ui/notes.tsx";
import { counted, EDGE_WORDS, GOODS_WORDS } from "./case-words.ts";
import { SupplyDrawing } from "./supply-drawing.tsx";

type Supply = CaseSheet["supply"];

/** The ways that terminals, accounts and payments are said to go: what is claimed, denied, and shown by records. */
export function SupplyPart({ supply }: { supply: Supply }) {
  const labels = useMemo(() => new Map(supply.nodes.map(({ id, label }) => [id, label])), [supply]);
  const label = (id: string) => labels.get(id) ?? id;
  if (supply.edges.length === 0)
    return (
      <EmptyNote title="Nobody says how anything got anywhere.">
        Ways of supply are read from documents; the operator’s records of custody confirm them.
      </EmptyNote>
    );
  return (
    <>
      <p className="quiet">
        However many claim it, a way is confirmed by records alone. Everything in the drawing is in the list.
      </p>
      <SupplyDrawing supply={supply} label={label} />
      {supply.routes.length > 0 && (
        <section aria-labelledby="routes">
          <h2 id="routes">Routes</h2>
          <ul className="plain">
            {supply.routes.map(({ id, edges, status }) => (
              <li key={id}>
                <Mark tone={EDGE_WORDS[status][0]}>{EDGE_WORDS[status][1]}</Mark> <strong>{id}</strong>{" "}
                {edges.map(({ from, to }) => `${label(from)} → ${label(to)}`).join("; ")}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="steps-of-supply">
        <h2 id="steps-of-supply">Steps</h2>
        <ul className="records">
          {supply.edges.map(edge => (
            <li key={`${edge.from} ${edge.to} ${edge.moves}`}>
              <p>
                <Mark tone={EDGE_WORDS[edge.status][0]}>{EDGE_WORDS[edge.status][1]}</Mark>{" "}
                <strong>{label(edge.from)}</strong> to <strong>{label(edge.to)}</strong>:{" "}
                {GOODS_WORDS[edge.moves]}
              </p>
              <EdgeSources edge={edge} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function EdgeSources({ edge }: { edge: Supply["edges"][number] }) {
  const { claims, claimedBy, deniedBy, records } = edge;
  const said = (stance: "claims" | "denies") => [
    ...new Set(claims.filter(claim => claim.stance === stance).map(({ claimant }) => claimant)),
  ];
  return (
    <ul className="plain quiet">
      {claimedBy.length > 0 && (
        <li>
          Claimed by {said("claims").join(", ")} ({counted(claimedBy.length, "origin")})
        </li>
      )}
      {deniedBy.length > 0 && (
        <li>
          Denied by {said("denies").join(", ")} ({counted(deniedBy.length, "origin")})
        </li>
      )}
      {records.map(({ record }) => (
        <li key={record}>
          Shown by <code>{record}</code>
        </li>
      ))}
    </ul>
  );
}
