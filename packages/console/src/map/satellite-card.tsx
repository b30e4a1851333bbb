// SPDX-License-Identifier: MIT
import { useSelectedPlanet } from "../app/selected-planet.tsx";
import { operatorNowMs } from "../data/live-state.ts";
import { useSelection } from "../data/selection.ts";
import { useSecondMs } from "../data/ticker.ts";
import { count, percent, place, quantity } from "../format/number.ts";
import { Fact, Facts } from "../ui/facts.tsx";
import { Icon } from "../ui/icon.tsx";
import type { Constellation } from "./constellation.ts";
import { type Ephemeris, slotShare } from "./ephemeris.ts";
import { placeOf } from "./pick.ts";

interface SatelliteCardProps<C = Constellation | null> {
  readonly constellation: C;
  readonly ephemeris: Ephemeris | null;
  /** The instant that is shown; `null`: this second. */
  readonly asOfMs: number | null;
}

/** The selected satellite: what it is, where it is at the shown time, and how much of it is used. */
export function SatelliteCard(props: SatelliteCardProps) {
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
      {index !== undefined && <SatelliteFacts {...props} index={index} constellation={props.constellation} />}
    </aside>
  );
}

function SatelliteFacts(props: SatelliteCardProps<Constellation> & { index: number }) {
  useSecondMs();
  const planned = useSelectedPlanet().satellite.value;
  const { satellites } = props.constellation;
  const atMs = props.asOfMs ?? operatorNowMs();
  const now = props.ephemeris && placeOf(props.ephemeris, props.index, slotShare(props.ephemeris, atMs));
  return (
    <Facts columns={1}>
      <Fact name="Catalogue number">{satellites.catalogNumber[props.index]}</Fact>
      <Fact name="Shell">{satellites.shells[satellites.shell[props.index] ?? -1]?.title ?? "unknown"}</Fact>
      <Fact name="Above">{now ? place(now.latDeg, now.lonDeg) : "no position"}</Fact>
      <Fact name="Altitude">{quantity(now?.altitudeKm, "km", 0)}</Fact>
      {planned ? (
        <>
          <Fact name="Beams used">
            {count(planned.beams.length)} of {count(planned.maxBeams)}
          </Fact>
          <Fact name="Down">
            {quantity(planned.downMbps / 1000, "Gbit/s")} of{" "}
            {quantity(planned.limitDownMbps / 1000, "Gbit/s", 0)}
          </Fact>
          {planned.contacts.map(({ gateway, loadShare }) => (
            <Fact key={gateway.id} name={`To ${gateway.name}`}>
              {percent(loadShare, 0)}
            </Fact>
          ))}
          <Fact name="Laser links">{planned.lasers.length}</Fact>
        </>
      ) : (
        <Fact name="Laser links">{props.constellation.neighbours(props.index).length}</Fact>
      )}
    </Facts>
  );
}
