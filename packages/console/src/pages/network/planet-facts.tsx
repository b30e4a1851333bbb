// SPDX-License-Identifier: MIT
import type { Planet } from "@perigee/operator/contract";
import { useTheme } from "../../app/theme.ts";
import { useViewOptions } from "../../app/view-options.ts";
import { useLive } from "../../data/live-state.ts";
import { CELL_REASONS } from "../../data/planet.ts";
import { count, percent, quantity } from "../../format/number.ts";
import { REASON_SENTENCES, REASON_WORDS } from "../../format/planet-words.ts";
import { clockTime } from "../../format/time.ts";
import { reasonInk } from "../../map/cells/cell-ink.ts";
import { CELL_PALETTES } from "../../map/cells/cell-palette.ts";
import { CellSwatch } from "../../map/cells/cell-swatch.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { PlanetNote } from "../planet-note.tsx";

/** The plan of the whole planet: what it carries, what it cost, and why cells are left out. */
export function PlanetFacts() {
  const planet = useLive(state => state.planet);
  const failure = useLive(state => state.failures.planet);
  return (
    <section aria-labelledby="planet">
      <div className="section-head">
        <h2 id="planet">Planet</h2>
        {planet?.state === "ready" && planet.fromMs !== null && (
          <span className="quiet figures">plan of {clockTime(planet.fromMs)} UTC</span>
        )}
        {planet?.state === "ready" && <ShowOnMap />}
      </div>
      {failure && !planet && <FailureNote failure={failure} />}
      {!planet && !failure && <Skeleton lines={5} label="The planet is loading" />}
      {planet && planet.state !== "ready" && <PlanetNote planet={planet} />}
      {planet?.state === "ready" && <Figures planet={planet} />}
    </section>
  );
}

function ShowOnMap() {
  const [{ layer }, changeView] = useViewOptions();
  return (
    <button
      type="button"
      className="link-button"
      aria-pressed={layer === "coverage"}
      onClick={() => changeView({ layer: layer === "coverage" ? "none" : "coverage" })}
    >
      {layer === "coverage" ? "Hide the coverage" : "Coverage on the map"}
    </button>
  );
}

function Figures({ planet }: { planet: Planet }) {
  const { carriedMbps, demandMbps, satisfiedShare } = planet;
  const gbps = (mbps: number) => quantity(mbps / 1000, "Gbit/s", 0);
  return (
    <>
      <Facts columns={3}>
        <Fact name="Cells served" hint={`of ${count(planet.permitted)} permitted`}>
          {count(planet.served)}
        </Fact>
        <Fact name="Carried down" hint={`${percent(satisfiedShare.down, 1)} of ${gbps(demandMbps.down)}`}>
          {gbps(carriedMbps.down)}
        </Fact>
        <Fact name="Carried up" hint={`${percent(satisfiedShare.up, 1)} of ${gbps(demandMbps.up)}`}>
          {gbps(carriedMbps.up)}
        </Fact>
        <Fact name="Beams" hint={`${count(planet.contacts)} gateway links`}>
          {count(planet.beams)}
        </Fact>
        <Fact name="Plan took" hint="processor time">
          {quantity(planet.planCpuMs === null ? null : planet.planCpuMs / 1000, "s", 2)}
        </Fact>
        <Fact name="Changed" hint="cells with another satellite than a slot before">
          {planet.changedCells === null ? "first plan" : count(planet.changedCells)}
        </Fact>
      </Facts>
      <CoverageTable planet={planet} />
    </>
  );
}

/** Coverage by reason: the table twin of the coverage layer. */
function CoverageTable({ planet }: { planet: Planet }) {
  const palette = CELL_PALETTES[useTheme()];
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Cells</th>
          <th scope="col" className="wide-only">
            Meaning
          </th>
          <th scope="col" data-figures>
            Count
          </th>
          <th scope="col" data-figures>
            Of all
          </th>
        </tr>
      </thead>
      <tbody>
        {CELL_REASONS.map(reason => (
          <tr key={reason}>
            <th scope="row">
              <span className="with-swatch">
                <CellSwatch ink={reasonInk(palette, reason)} />
                {REASON_WORDS[reason]}
              </span>
            </th>
            <td className="wide-only meaning">{REASON_SENTENCES[reason]}</td>
            <td data-figures>{count(planet.byReason[reason] ?? 0)}</td>
            <td data-figures>{percent((planet.byReason[reason] ?? 0) / Math.max(1, planet.cells), 1)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <td className="wide-only" />
          <td data-figures>{count(planet.cells)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}
