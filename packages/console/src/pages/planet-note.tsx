// SPDX-License-Identifier: MIT
import type { Planet } from "@perigee/operator/contract";
import { percent } from "../format/number.ts";

/** Why there is no plan of the planet yet, and what to do; for every state but `ready`. */
export function PlanetNote({ planet }: { planet: Planet }) {
  if (planet.state === "off")
    return (
      <div className="planet-note">
        <p>
          <strong>The planet's cells are not planned.</strong>
        </p>
        <p className="quiet">
          This operator was started without them. Start it with <code>--planet land</code>, or{" "}
          <code>--planet ocean</code> for the seas too, to see who can be served where.
        </p>
      </div>
    );
  if (planet.state === "failed")
    return (
      <div className="planet-note" role="alert">
        <p>
          <strong>The planet's cells cannot be planned.</strong>
        </p>
        <p className="quiet">
          {planet.error ?? "No reason was given."} Terminals are served all the same. Restart the operator to
          try again.
        </p>
      </div>
    );
  const { progress } = planet;
  return (
    <div className="planet-note">
      <p>
        <strong>The planet's cells are being prepared.</strong>
      </p>
      <progress
        aria-label="Preparation of the planet's cells"
        max={1}
        {...(progress ? { value: progress.fraction } : {})}
      />
      <p className="quiet">
        {progress ? `${percent(progress.fraction, 0)}: ${progress.stage}.` : "Starting."} The first start
        takes longest; the result is kept for the next.
      </p>
    </div>
  );
}
