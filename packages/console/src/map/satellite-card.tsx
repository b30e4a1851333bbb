// SPDX-License-Identifier: MIT
import { operatorNowMs } from "../data/live-state.ts";
import { useSelection } from "../data/selection.ts";
import { useSecondMs } from "../data/ticker.ts";
import { place, quantity } from "../format/number.ts";
import { Fact, Facts } from "../ui/facts.tsx";
import { Icon } from "../ui/icon.tsx";
import type { Constellation } from "./constellation.ts";
import { type Ephemeris, slotShare } from "./ephemeris.ts";
import { placeOf } from "./pick.ts";

/** The selected satellite: what it is and where it is this second. */
export function SatelliteCard(props: { constellation: Constellation | null; ephemeris: Ephemeris | null }) {
  const [selection, select] = useSelection();
  if (selection?.kind !== "satellite" || !props.constellation) return null;
  const index = props.constellation.indexOfCatalogNumber.get(selection.id);
  return (
    <aside className="satellite-card" aria-label="Selected satellite">
      <header>
        <h2>
          {index === undefined
            ? `No satellite has the number ${selection.id}`
            : props.constellation.satellites.name[index]}
        </h2>
        <button
          type="button"
          className="icon-button small"
          aria-label="Deselect"
          onClick={() => select(null)}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      {index !== undefined && (
        <SatelliteFacts index={index} constellation={props.constellation} ephemeris={props.ephemeris} />
      )}
    </aside>
  );
}

function SatelliteFacts(props: { index: number; constellation: Constellation; ephemeris: Ephemeris | null }) {
  useSecondMs();
  const { satellites } = props.constellation;
  const now =
    props.ephemeris && placeOf(props.ephemeris, props.index, slotShare(props.ephemeris, operatorNowMs()));
  return (
    <Facts columns={1}>
      <Fact name="Catalogue number">{satellites.catalogNumber[props.index]}</Fact>
      <Fact name="Shell">{satellites.shells[satellites.shell[props.index] ?? -1]?.title ?? "unknown"}</Fact>
      <Fact name="Above">{now ? place(now.latDeg, now.lonDeg) : "no position"}</Fact>
      <Fact name="Altitude">{quantity(now?.altitudeKm, "km", 0)}</Fact>
      <Fact name="Laser links">{props.constellation.neighbours(props.index).length}</Fact>
    </Facts>
  );
}
