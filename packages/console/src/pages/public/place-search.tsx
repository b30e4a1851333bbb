// SPDX-License-Identifier: MIT
import type { NamedPlaces } from "@perigee/operator/contract";
import { type FormEvent, useState } from "react";
import type { Failure } from "../../data/failure.ts";
import { published, readPlace } from "../../data/published.ts";
import { place as placeText } from "../../format/number.ts";
import type { PlaceOnMap } from "../../map/areas/public-map-pane.tsx";
import { announce } from "../../ui/announcer.tsx";
import { FailureNote } from "../../ui/notes.tsx";

/** A town by name or a place in degrees; of several towns one is chosen. */
export function PlaceSearch({ onPlace }: { onPlace: (place: PlaceOnMap) => void }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<NamedPlaces | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const search = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const typed = readPlace(text);
    if (typed) {
      setFound(null);
      onPlace(typed);
      return;
    }
    setBusy(true);
    const answer = await published.places(text.trim());
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    const [first, ...others] = answer.value;
    setFound(first && others.length === 0 ? null : answer.value);
    if (first && others.length === 0) onPlace(first);
    else announce(first ? `${answer.value.length} towns. Choose one.` : "No town is called that.");
  };
  return (
    <form className="place-search" onSubmit={search}>
      <label htmlFor="place-text">Town, or latitude and longitude</label>
      <div>
        <input
          id="place-text"
          type="search"
          required
          minLength={2}
          maxLength={100}
          autoComplete="off"
          placeholder="Kyiv, or 50.45, 30.52"
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <button type="submit" className="button main" disabled={busy}>
          Ask
        </button>
      </div>
      {failure && <FailureNote failure={failure} />}
      {found?.length === 0 && (
        <p className="quiet">No town is called that. Type its latitude and longitude, or click on the map.</p>
      )}
      {found && found.length > 0 && (
        <ul className="towns" aria-label="Towns of that name">
          {found.map(town => (
            <li key={`${town.name} ${town.latDeg} ${town.lonDeg}`}>
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  setFound(null);
                  onPlace(town);
                }}
              >
                {town.name}, {town.country}
              </button>{" "}
              <span className="quiet">{placeText(town.latDeg, town.lonDeg)}</span>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
