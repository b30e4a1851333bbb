// SPDX-License-Identifier: MIT
import { useSelectedPlanet } from "../../app/selected-planet.tsx";
import { useTheme } from "../../app/theme.ts";
import { useShownTime } from "../../data/as-of.ts";
import { useLive } from "../../data/live-state.ts";
import { useSelection } from "../../data/selection.ts";
import { count, percent, place, quantity, quantityAbove } from "../../format/number.ts";
import {
  BOTTLENECK_WORDS,
  PLANET_HOP_WORDS,
  REASON_SENTENCES,
  REASON_WORDS,
} from "../../format/planet-words.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Icon } from "../../ui/icon.tsx";
import { beamInk, metShare, reasonInk } from "./cell-ink.ts";
import { CELL_PALETTES } from "./cell-palette.ts";
import { CellSwatch } from "./cell-swatch.tsx";

/** The selected cell: who serves it and with what, or why nobody does, and the way of its traffic. */
export function CellCard() {
  const [selection, select] = useSelection();
  if (selection?.kind !== "cell") return null;
  return (
    <aside className="satellite-card cell-card" aria-label="Selected cell">
      <header>
        <h2>
          Cell <code>{selection.id}</code>
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
      <CellFacts />
    </aside>
  );
}

function CellFacts() {
  const { value: cell, failure, loading } = useSelectedPlanet().cell;
  const { planSlot } = useShownTime();
  const pops = useLive(state => state.ground?.pops);
  const palette = CELL_PALETTES[useTheme()];
  const [, select] = useSelection();
  if (failure) return <p>{failure.message}</p>;
  if (planSlot === null) return <p className="quiet">No plan of this slot is kept.</p>;
  if (!cell) return <p className="quiet">{loading ? "The cell is loading…" : "Nothing is known of it."}</p>;
  const { satellite, colour } = cell;
  const pop = pops?.find(({ code }) => code === cell.pop)?.city ?? cell.pop;
  return (
    <>
      <p className="cell-state">
        <CellSwatch
          ink={colour === null ? reasonInk(palette, cell.reason) : beamInk(palette, colour, cell.share)}
        />
        <strong>{REASON_WORDS[cell.reason]}</strong>
      </p>
      {cell.reason !== "served" && <p className="quiet">{REASON_SENTENCES[cell.reason]}</p>}
      <Facts columns={1}>
        {satellite && (
          <Fact name="By">
            <button
              type="button"
              className="link-button"
              onClick={() => select({ kind: "satellite", id: String(satellite.catalogNumber) })}
            >
              {satellite.name}
            </button>
          </Fact>
        )}
        {colour !== null && (
          <Fact name={cell.beams > 1 ? `${count(cell.beams)} beams` : "Beam"}>
            colour {colour}, {percent(cell.share, 0)} of its time
          </Fact>
        )}
        <Fact
          name="Carried"
          hint={`${percent(metShare(cell), 0)} of ${quantityAbove(cell.demandDownMbps, "Mbit/s")} wanted`}
        >
          {quantityAbove(cell.downMbps, "Mbit/s")}
        </Fact>
        <Fact name="Held back by">{BOTTLENECK_WORDS[cell.bottleneck]}</Fact>
        <Fact name="Subscribers">{quantityAbove(cell.subscribers, "", 0).trim()}</Fact>
        <Fact name="Territory">{cell.territoryName}</Fact>
        <Fact name="Middle">{place(cell.latDeg, cell.lonDeg)}</Fact>
      </Facts>
      {cell.hops.length > 0 && (
        <ol className="cell-hops" aria-label="Path to its point of presence, one way">
          {cell.hops.map(({ kind, id, delayMs }) => (
            <li key={`${kind} ${id}`}>
              <span>
                {PLANET_HOP_WORDS[kind]} <HopName kind={kind} id={id} />
              </span>
              <span className="figures">{quantity(delayMs, "ms", 2)}</span>
            </li>
          ))}
          <li>
            <strong>To {pop ?? "the PoP"}</strong>
            <strong className="figures">{quantity(cell.oneWayMs, "ms", 2)}</strong>
          </li>
        </ol>
      )}
    </>
  );
}

/** What a hop leads to, by its name where it is known. */
function HopName({ kind, id }: { kind: string; id: string }) {
  const name = useLive(({ satellites, ground }) => {
    if (kind === "down") return ground?.gateways.find(gateway => gateway.id === id)?.name;
    if (kind === "fibre") return ground?.pops.find(pop => pop.code === id)?.city;
    const index = satellites?.catalogNumber.indexOf(Number(id)) ?? -1;
    return satellites?.name[index];
  });
  return <>{name ?? id}</>;
}
