// SPDX-License-Identifier: MIT
import type { LocationRound, LocationStanding, TerminalDetail } from "@perigee/operator/contract";
import { useState } from "react";
import { sendJson } from "../../data/api.ts";
import type { Failure } from "../../data/failure.ts";
import { useRefusal } from "../../data/session.ts";
import { useSecondMs } from "../../data/ticker.ts";
import { age, clockTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { MayButton } from "../../ui/may-button.tsx";
import { FailureNote } from "../../ui/notes.tsx";

/** What the network measured of where it says it is: how sure, and never where. */
export function LocationPart({ id, detail }: { id: string; detail: TerminalDetail["detail"] }) {
  const { location } = detail;
  const refusal = useRefusal("evidence.add");
  const [asked, setAsked] = useState<LocationRound | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  if (location === null) return null;
  const measure = async (): Promise<void> => {
    const path = `/v1/terminals/${encodeURIComponent(id)}/location-round`;
    const answer = await sendJson<LocationRound>("POST", path, {});
    setAsked(answer.ok ? answer.value : null);
    setFailure(answer.ok ? null : answer.error);
  };
  return (
    <section aria-labelledby="measured">
      <h3 id="measured">Where the network measured it</h3>
      {location.latest === null ? (
        <p className="quiet">It was not measured lately: its reports are believed.</p>
      ) : (
        <Latest latest={location.latest} />
      )}
      {failure && <FailureNote failure={failure} retry={() => void measure()} />}
      <p>
        <MayButton className="button" refusal={refusal} onClick={() => void measure()}>
          Measure it
        </MayButton>{" "}
        {location.awaited && (
          <span className="quiet">
            It is being measured
            {asked && `; the verdict is there at ${clockTime(Date.parse(asked.until))} if it is heard`}.
          </span>
        )}
      </p>
    </section>
  );
}

function Latest({ latest }: { latest: NonNullable<LocationStanding["latest"]> }) {
  const nowMs = useSecondMs();
  const { verdict, at, because, chanceLog10, satellites, places, ellipse95Km, windows, evidence } = latest;
  return (
    <>
      <p>{because}</p>
      <Facts columns={3}>
        <Fact name="Verdict" hint={`${age(Date.parse(at), nowMs)} ago, ${windows} of its rounds`}>
          {codeWords(verdict)}
        </Fact>
        <Fact name="Satellites">{satellites}</Fact>
        <Fact name="Possible places">{places}</Fact>
        <Fact name="Known to" hint="half axes of the 95 % ellipse">
          {ellipse95Km === null ? "No place" : `${ellipse95Km[0]} by ${ellipse95Km[1]} km`}
        </Fact>
        <Fact name="An honest one is so far off" hint="at most so often">
          {chanceLog10 === null
            ? "Not known"
            : chanceLog10 > -2
              ? "Often"
              : `1 in 10^${Math.floor(-chanceLog10)}`}
        </Fact>
        <Fact name="Evidence">
          <code>{evidence}</code>
        </Fact>
      </Facts>
    </>
  );
}
