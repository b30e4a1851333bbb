// SPDX-License-Identifier: MIT
import type { AllowListRow, SiteExceptionRow } from "../../data/records-shapes.ts";
import { useSecondMs } from "../../data/ticker.ts";
import { place } from "../../format/number.ts";
import { date, dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Mark, type MarkTone } from "../../ui/mark.tsx";
import { FailureNote } from "../../ui/notes.tsx";
import { useRecordList } from "../../ui/record-table/use-records.ts";

const PLACES: Record<AllowListRow["state"], readonly [MarkTone, string]> = {
  received: ["wait", "Can be approved"],
  inReview: ["wait", "In review"],
  approved: ["ok", "On the list"],
  refused: ["bad", "Refused"],
  revoked: ["bad", "Taken off"],
};

/** Its places on allow-lists, with every sign that was seen and what innocent reading it has. */
export function AllowListPart({ id }: { id: string }) {
  const places = useRecordList<AllowListRow>("allow-list-applications", [`terminalId:${id}`], "-atMs");
  return (
    <section aria-labelledby="allow-lists">
      <h3 id="allow-lists">Allow-lists</h3>
      {places.failure && <FailureNote failure={places.failure} retry={places.reload} />}
      {places.value?.total === 0 && (
        <p className="quiet">It stands on none, and nobody applied for a place.</p>
      )}
      <ul className="records">
        {places.value?.items.map(application => (
          <Application key={application.id} application={application} />
        ))}
      </ul>
    </section>
  );
}

function Application({ application }: { application: AllowListRow }) {
  const { id, territory, lane, state, entry, overCap, signals, decision } = application;
  const [tone, words] = PLACES[state];
  const forces = lane === "forces";
  const permission = forces ? "allowLists.decideForces" : "allowLists.decide";
  const given = { applicationId: id };
  const command = (verb: string) => `allowList.${verb}${forces ? "Forces" : ""}`;
  return (
    <li>
      <p>
        <strong>{territory}</strong>, {codeWords(application.class).toLowerCase()}
        {forces && ", the forces' lane"} <Mark tone={tone}>{words}</Mark>
      </p>
      {entry && (
        <p>
          Since {date(entry.fromMs)}
          {entry.toMs !== null && `, until ${date(entry.toMs)}`}
        </p>
      )}
      {overCap && <p className="gap">It exceeds a cap: {overCap}</p>}
      {signals.map(({ rule, text, innocentReading }) => (
        <p key={rule}>
          {text} <span className="quiet">It also fits: {innocentReading}</span>
        </p>
      ))}
      {decision && (
        <p className="quiet">
          “{decision.reason}” {decision.by}, {dateTime(decision.atMs)}
        </p>
      )}
      <p className="note-actions">
        {(state === "received" || state === "inReview") && (
          <>
            <CommandButton
              ask={{
                command: command("approve"),
                title: `Put ${application.terminalId} on the list of ${territory}`,
                verb: "Put on the list",
                given,
              }}
              permission={permission}
            />
            <CommandButton
              ask={{
                command: command("refuse"),
                title: `Refuse ${application.terminalId} a place in ${territory}`,
                verb: "Refuse",
                given,
              }}
              permission={permission}
            />
          </>
        )}
        {state === "approved" && (
          <CommandButton
            ask={{
              command: command("revoke"),
              title: `Take ${application.terminalId} off the list of ${territory}`,
              verb: "Take off the list",
              given,
            }}
            permission={permission}
          />
        )}
      </p>
    </li>
  );
}

/** Exceptions under which it has service although a rule of the area says no. */
export function ExceptionPart({ id }: { id: string }) {
  const exceptions = useRecordList<SiteExceptionRow>("site-exceptions", [`terminalIds:${id}`], "-fromMs");
  const nowMs = useSecondMs();
  return (
    <section aria-labelledby="exceptions">
      <h3 id="exceptions">Site exceptions</h3>
      {exceptions.failure && <FailureNote failure={exceptions.failure} retry={exceptions.reload} />}
      {exceptions.value?.total === 0 && <p className="quiet">No exception was ever granted to it.</p>}
      <ul className="records">
        {exceptions.value?.items.map(exception => {
          const { title, site, radiusKm, lifts, reason, fromMs, toMs, licenceExceptionId } = exception;
          const holds = fromMs <= nowMs && nowMs < toMs;
          return (
            <li key={exception.id}>
              <p>
                <strong>{title}</strong>{" "}
                <Mark tone={holds ? "ok" : "mute"}>
                  {holds ? "In force" : nowMs < fromMs ? "Not yet" : "Over"}
                </Mark>
              </p>
              <p>“{reason}”</p>
              <p className="quiet">
                Lifts {lifts.map(codeWords).join(", ").toLowerCase()} within {radiusKm} km of{" "}
                {place(site.latDeg, site.lonDeg)}, {dateTime(fromMs)} to {dateTime(toMs)}
                {licenceExceptionId !== null && `, under licence ${licenceExceptionId}`}
              </p>
              {holds && (
                <CommandButton
                  ask={{
                    command: "siteException.end",
                    title: `End the exception: ${title}`,
                    given: { exceptionId: exception.id },
                  }}
                  permission="areas.change"
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
