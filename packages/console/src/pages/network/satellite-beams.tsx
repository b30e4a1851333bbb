// SPDX-License-Identifier: MIT
import type { PlanetSatellite } from "@perigee/operator/contract";
import { useSelectedPlanet } from "../../app/selected-planet.tsx";
import { useTheme } from "../../app/theme.ts";
import { useShownTime } from "../../data/as-of.ts";
import { useSelection } from "../../data/selection.ts";
import { count, percent, quantity } from "../../format/number.ts";
import { beamInk } from "../../map/cells/cell-ink.ts";
import { CELL_PALETTES } from "../../map/cells/cell-palette.ts";
import { CellSwatch } from "../../map/cells/cell-swatch.tsx";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";

/** Beams, gateways and lasers of the selected satellite: the table twin of what the map draws of it. */
export function SatelliteBeams() {
  const [selection] = useSelection();
  const { planSlot, kind } = useShownTime();
  const { value, failure, loading, reload } = useSelectedPlanet().satellite;
  if (selection?.kind !== "satellite") return null;
  if (planSlot === null)
    return kind === "live" ? null : (
      <section aria-label="Beams of the selected satellite">
        <EmptyNote title="No plan of this slot is kept, so its beams are not known." />
      </section>
    );
  return (
    <section aria-labelledby="beams">
      <h2 id="beams">Beams of {value?.name ?? selection.id}</h2>
      {failure && <FailureNote failure={failure} retry={reload} />}
      {loading && <Skeleton lines={6} label="The beams are loading" />}
      {value && <Beams satellite={value} />}
    </section>
  );
}

function Beams({ satellite }: { satellite: PlanetSatellite }) {
  const palette = CELL_PALETTES[useTheme()];
  return (
    <>
      <p className="quiet">
        {count(satellite.beams.length)} of {count(satellite.maxBeams)} beams in use, generation{" "}
        {satellite.generation}. Down {quantity(satellite.downMbps / 1000, "Gbit/s", 2)} of{" "}
        {quantity(satellite.limitDownMbps / 1000, "Gbit/s", 1)}, up{" "}
        {quantity(satellite.upMbps / 1000, "Gbit/s", 2)} of{" "}
        {quantity(satellite.limitUpMbps / 1000, "Gbit/s", 1)}. Numbers on the map are frequency colours.
      </p>
      {satellite.beams.length === 0 ? (
        <EmptyNote title="It serves no cell in this slot." />
      ) : (
        <div className="capped">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Beam</th>
                <th scope="col">Colour</th>
                <th scope="col">Cells, with their part of its time</th>
                <th scope="col" data-figures>
                  Down
                </th>
              </tr>
            </thead>
            <tbody>
              {satellite.beams.map(({ beam, colour, cells }) => (
                <tr key={beam}>
                  <th scope="row">{beam}</th>
                  <td>
                    <span className="with-swatch">
                      <CellSwatch ink={beamInk(palette, colour, 1)} />
                      {colour}
                    </span>
                  </td>
                  <td>
                    <BeamCells cells={cells} />
                  </td>
                  <td data-figures>
                    {quantity(
                      cells.reduce((sum, { downMbps }) => sum + downMbps, 0),
                      "Mbit/s",
                      0,
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <LinkTable satellite={satellite} />
    </>
  );
}

function BeamCells({ cells }: { cells: PlanetSatellite["beams"][number]["cells"] }) {
  const [, select] = useSelection();
  return (
    <ul className="beam-cells">
      {cells.map(({ cell, share }) => (
        <li key={cell}>
          <button type="button" className="link-button" onClick={() => select({ kind: "cell", id: cell })}>
            <code>{cell}</code>
          </button>{" "}
          <span className="quiet figures">{percent(share, 0)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where its traffic goes: gateways and lasers, each with its load. */
function LinkTable({ satellite }: { satellite: PlanetSatellite }) {
  const [, select] = useSelection();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Link to</th>
          <th scope="col">By</th>
          <th scope="col" data-figures>
            Range
          </th>
          <th scope="col" data-figures>
            Load
          </th>
        </tr>
      </thead>
      <tbody>
        {satellite.contacts.map(({ gateway, rangeKm, loadShare }) => (
          <tr key={gateway.id}>
            <th scope="row">
              <button
                type="button"
                className="link-button"
                onClick={() => select({ kind: "gateway", id: gateway.id })}
              >
                {gateway.name}
              </button>
            </th>
            <td>Gateway antenna</td>
            <td data-figures>{quantity(rangeKm, "km", 0)}</td>
            <td data-figures>{percent(loadShare, 0)}</td>
          </tr>
        ))}
        {satellite.lasers.map(({ catalogNumber, name, km, loadShare }) => (
          <tr key={catalogNumber}>
            <th scope="row">
              <button
                type="button"
                className="link-button"
                onClick={() => select({ kind: "satellite", id: String(catalogNumber) })}
              >
                {name}
              </button>
            </th>
            <td>Laser</td>
            <td data-figures>{quantity(km, "km", 0)}</td>
            <td data-figures>{percent(loadShare, 0)}</td>
          </tr>
        ))}
        {satellite.contacts.length + satellite.lasers.length === 0 && (
          <tr>
            <td colSpan={4}>It has no link to a gateway or another satellite in this slot.</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
