// SPDX-License-Identifier: MIT
import type { PlaceView } from "@perigee/operator/contract";
import { type FormEvent, useState } from "react";
import { useSearchParams } from "wouter";
import { lookAt } from "../../app/look-at.ts";
import { areasApi } from "../../data/areas.ts";
import { readPlace } from "../../data/published.ts";
import { useResource } from "../../data/resource.ts";
import { place as placeText } from "../../format/number.ts";
import { codeWords } from "../../format/words.ts";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { useRecordTime } from "../../ui/record-table/record-address.ts";
import { RecordTimeNote } from "../../ui/record-table/record-time.tsx";

/** One place under every boundary view side by side: whose it is, whose rules apply, and what follows. */
export function PlaceTab() {
  const [parameters, setParameters] = useSearchParams();
  const inAddress = parameters.get("place");
  const place = inAddress === null ? null : readPlace(inAddress);
  const [text, setText] = useState(inAddress ?? "");
  const [wrong, setWrong] = useState(false);
  const time = useRecordTime();
  const view = useResource(place && `${place.latDeg} ${place.lonDeg} ${time?.validAtMs ?? "now"}`, null, () =>
    areasApi.place(place?.latDeg ?? 0, place?.lonDeg ?? 0, time),
  );
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const typed = readPlace(text);
    setWrong(typed === null);
    if (!typed) return;
    lookAt({ ...typed, zoom: 5.5 });
    setParameters(before => {
      const next = new URLSearchParams(before);
      next.set("place", `${typed.latDeg}, ${typed.lonDeg}`);
      return next;
    });
  };
  return (
    <div className="scroll-part">
      <form className="place-search padded" onSubmit={ask}>
        <label htmlFor="views-place">Latitude and longitude</label>
        <div data-wrong={wrong || undefined}>
          <input
            id="views-place"
            type="search"
            required
            placeholder="44.6166, 33.5254"
            aria-invalid={wrong}
            aria-describedby="views-note"
            value={text}
            onChange={event => setText(event.target.value)}
          />
          <button type="submit" className="button main">
            Compare
          </button>
        </div>
        <span id="views-note" className="field-note" role="alert">
          {wrong ? "Two numbers in degrees, for example 44.6166, 33.5254." : ""}
        </span>
      </form>
      <RecordTimeNote />
      {view.failure && <FailureNote failure={view.failure} retry={view.reload} />}
      {view.loading && <Skeleton lines={6} label="The views are loading" />}
      {!place && (
        <EmptyNote title="Ask about a place.">
          Several accounts of where borders run stand side by side; one of them is decided by.
        </EmptyNote>
      )}
      {view.value && <Views place={view.value} />}
    </div>
  );
}

function Views({ place }: { place: PlaceView }) {
  const reasons = new Set(place.views.map(({ answer }) => answer.reason));
  return (
    <section className="padded" aria-label="Boundary views compared">
      <p className="quiet">
        {placeText(place.latDeg, place.lonDeg)}, cell <code>{place.cell}</code>.{" "}
        {place.areas.length > 0 && `In ${place.areas.map(({ title }) => title).join(", ")}. `}
        {reasons.size > 1
          ? "The views lead to different answers here."
          : "Every view leads to the same answer here."}
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">View</th>
            <th scope="col">Whose</th>
            <th scope="col">What follows from the rules in force</th>
          </tr>
        </thead>
        <tbody>
          {place.views.map(({ view, inForce, territoryName, country, zone, territories, answer }) => (
            <tr key={view.id}>
              <th scope="row">
                {view.title}
                {inForce && <span className="tag">Decided by</span>}
                <span className="quiet hint">
                  {view.asserter}, version {view.version}
                </span>
              </th>
              <td>
                {territoryName}
                {country && country !== territoryName && ` (${country})`}
                <span className="quiet hint">
                  {codeWords(zone)}; rules of {territories.join(", then ")}
                </span>
              </td>
              <td>
                <strong>
                  {answer.reason === "ALLOW" ? "Nothing stands against service" : codeWords(answer.reason)}
                </strong>
                <span className="quiet hint">{answer.reason === "ALLOW" ? "" : answer.text}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
