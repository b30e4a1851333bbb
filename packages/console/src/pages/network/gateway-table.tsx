// SPDX-License-Identifier: MIT
import type { PlanetGateway } from "@perigee/operator/contract";
import { useMemo } from "react";
import { useSelectedPlanet } from "../../app/selected-planet.tsx";
import { useLive } from "../../data/live-state.ts";
import { useSelection } from "../../data/selection.ts";
import { count, percent, place, quantity } from "../../format/number.ts";

/** Gateways, the fullest first: antennas, load and rain of the shown slot's plan, and terminals now. */
export function GatewayTable({ terminalsAt }: { terminalsAt: (...names: string[]) => number }) {
  const ground = useLive(state => state.ground);
  const loads = useSelectedPlanet().gateways.value;
  const rows = useMemo(() => {
    const byId = new Map(loads?.map(gateway => [gateway.id, gateway]));
    return (ground?.gateways ?? [])
      .map(gateway => ({ ...gateway, load: byId.get(gateway.id) ?? null }))
      .sort((a, b) => (b.load?.loadShare ?? -1) - (a.load?.loadShare ?? -1));
  }, [ground, loads]);
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Gateway</th>
          {loads ? (
            <>
              <th scope="col" data-figures>
                Antennas
              </th>
              <th scope="col" data-figures className="wide-only">
                Down, up
              </th>
              <th scope="col" data-figures>
                Load
              </th>
              <th scope="col" data-figures>
                Rain
              </th>
            </>
          ) : (
            <>
              <th scope="col">Id</th>
              <th scope="col" className="wide-only">
                Place
              </th>
            </>
          )}
          <th scope="col" data-figures>
            Terminals now
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <Row key={row.id} row={row} wide={loads !== null} terminals={terminalsAt(row.name, row.id)} />
        ))}
      </tbody>
    </table>
  );
}

interface GatewayRow {
  readonly id: string;
  readonly name: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly load: PlanetGateway | null;
}

function Row({ row, wide, terminals }: { row: GatewayRow; wide: boolean; terminals: number }) {
  const [selection, select] = useSelection();
  const selected = selection?.kind === "gateway" && selection.id === row.id;
  return (
    <tr data-selected={selected || undefined}>
      <th scope="row">
        <button
          type="button"
          className="link-button"
          aria-pressed={selected}
          title={`${row.id}, ${place(row.latDeg, row.lonDeg)}`}
          onClick={() => select(selected ? null : { kind: "gateway", id: row.id })}
        >
          {row.name}
        </button>
      </th>
      {wide ? (
        <LoadCells load={row.load} />
      ) : (
        <>
          <td>
            <code>{row.id}</code>
          </td>
          <td className="wide-only">{place(row.latDeg, row.lonDeg)}</td>
        </>
      )}
      <td data-figures>{terminals > 0 ? count(terminals) : "–"}</td>
    </tr>
  );
}

function LoadCells({ load }: { load: PlanetGateway | null }) {
  return (
    <>
      <td data-figures>{load ? `${count(load.used)} of ${count(load.antennas)}` : "–"}</td>
      <td data-figures className="wide-only">
        {load ? `${(load.downMbps / 1000).toFixed(1)}, ${quantity(load.upMbps / 1000, "Gbit/s")}` : "–"}
      </td>
      <td data-figures>
        {load && (
          <span className="load">
            <meter
              min={0}
              max={1}
              high={0.95}
              value={Math.min(1, load.loadShare)}
              aria-label={`Load of ${load.name}`}
            />
            {percent(load.loadShare, 0)}
          </span>
        )}
      </td>
      <td data-figures>{load && load.rainDb > 0 ? quantity(load.rainDb, "dB") : load ? "dry" : "–"}</td>
    </>
  );
}
