// SPDX-License-Identifier: MIT
import { type ReactNode, useMemo } from "react";
import { useLive } from "../../data/live-state.ts";
import { useSelection } from "../../data/selection.ts";
import { count, place } from "../../format/number.ts";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { GatewayTable } from "./gateway-table.tsx";

/** PoPs and gateways, with how many terminals each serves now. A row selects it on the map. */
export function GroundTables() {
  const ground = useLive(state => state.ground);
  const failure = useLive(state => state.failures.ground);
  const terminals = useLive(state => state.terminals);
  const loads = useMemo(() => {
    const of = new Map<string, number>();
    const add = (name: string) => of.set(name, (of.get(name) ?? 0) + 1);
    for (const { link } of terminals ?? []) {
      if (!link) continue;
      add(link.pop);
      add(link.gateway);
    }
    return of;
  }, [terminals]);
  if (failure) return <FailureNote failure={failure} />;
  if (!ground) return <Skeleton lines={8} label="Ground stations are loading" />;
  const load = (...names: string[]) => names.map(name => loads.get(name) ?? 0).find(n => n > 0) ?? 0;
  return (
    <>
      <section aria-labelledby="pops">
        <h2 id="pops">Points of presence</h2>
        <PopTable>
          {ground.pops.map(pop => (
            <PopRow
              key={pop.code}
              id={pop.code}
              name={`${pop.city}, ${pop.country}`}
              at={pop}
              terminals={load(pop.city, pop.code)}
            />
          ))}
        </PopTable>
      </section>
      <section aria-labelledby="gateways">
        <h2 id="gateways">Gateways</h2>
        <GatewayTable terminalsAt={load} />
      </section>
    </>
  );
}

function PopTable({ children }: { children: ReactNode }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">City</th>
          <th scope="col">Code</th>
          <th scope="col" className="wide-only">
            Place
          </th>
          <th scope="col" data-figures>
            Terminals now
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function PopRow(props: {
  id: string;
  name: string;
  at: { latDeg: number; lonDeg: number };
  terminals: number;
}) {
  const [selection, select] = useSelection();
  const selected = selection?.kind === "pop" && selection.id === props.id;
  return (
    <tr data-selected={selected || undefined}>
      <th scope="row">
        <button
          type="button"
          className="link-button"
          aria-pressed={selected}
          onClick={() => select(selected ? null : { kind: "pop", id: props.id })}
        >
          {props.name}
        </button>
      </th>
      <td>
        <code>{props.id}</code>
      </td>
      <td className="wide-only">{place(props.at.latDeg, props.at.lonDeg)}</td>
      <td data-figures>{props.terminals > 0 ? count(props.terminals) : "–"}</td>
    </tr>
  );
}
