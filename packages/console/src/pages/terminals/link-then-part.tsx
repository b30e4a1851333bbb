// SPDX-License-Identifier: MIT
import { useSelectedPlanet } from "../../app/selected-planet.tsx";
import { type AsOf, useShownTime } from "../../data/as-of.ts";
import { useLive } from "../../data/live-state.ts";
import { useSelection } from "../../data/selection.ts";
import { quantity } from "../../format/number.ts";
import { clockTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { EmptyNote, Skeleton } from "../../ui/notes.tsx";

/** The link that the terminal had in another slot than the current one, from the record. */
export function LinkThenPart({ asOf }: { asOf: AsOf }) {
  const { kind } = useShownTime();
  const past = kind === "recorded" || kind === "positions";
  const { record } = useSelectedPlanet();
  const [, select] = useSelection();
  const link = record.value?.link;
  const city = useLive(state => state.ground?.pops.find(({ code }) => code === link?.pop)?.city);
  return (
    <section aria-labelledby="link">
      <h3 id="link">Link at {clockTime(asOf.startMs)} UTC</h3>
      {!past && (
        <EmptyNote title="Not known yet.">
          Links are planned one slot ahead; of what comes only the satellites' positions are known.
        </EmptyNote>
      )}
      {record.loading && <Skeleton lines={3} label="The link is loading" />}
      {record.failure && <EmptyNote title="This slot is not on record.">{record.failure.message}</EmptyNote>}
      {record.value && !link && (
        <EmptyNote title="No link in this slot.">{codeWords(record.value.reason)}.</EmptyNote>
      )}
      {link && (
        <Facts columns={3}>
          <Fact name="Round trip, median">{quantity(link.rttMs, "ms")}</Fact>
          <Fact name="Down">{quantity(link.downMbps, "Mbit/s", 0)}</Fact>
          <Fact name="Up">{quantity(link.upMbps, "Mbit/s", 0)}</Fact>
          <Fact name="Satellite">
            <button
              type="button"
              className="link-button"
              onClick={() => select({ kind: "satellite", id: String(link.satellite.catalogNumber) })}
            >
              {link.satellite.name}
            </button>
          </Fact>
          <Fact name="Gateway">{link.gateway}</Fact>
          <Fact name="PoP">{city ?? link.pop}</Fact>
          <Fact name="Elevation">{quantity(link.elevationDeg, "°", 0)}</Fact>
          <Fact name="Admission">{codeWords(record.value?.reason ?? "")}</Fact>
        </Facts>
      )}
    </section>
  );
}
