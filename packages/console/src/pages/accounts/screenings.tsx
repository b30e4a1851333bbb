// SPDX-License-Identifier: MIT
import { recordSource } from "../../data/records.ts";
import type { ScreeningRow } from "../../data/records-shapes.ts";
import { percent } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { CommandButton } from "../../ui/command-dialog/command-button.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Mark } from "../../ui/mark.tsx";
import { optionsOf, type RecordColumn, type RecordFilter } from "../../ui/record-table/record-column.ts";
import { RecordDetail } from "../../ui/record-table/record-detail.tsx";
import { RecordTable } from "../../ui/record-table/record-table.tsx";
import { RecordLink } from "../record-link.tsx";
import { JUDGEMENT_TONES, JUDGEMENTS, ruleWords } from "./account-words.ts";

const SOURCE = recordSource<ScreeningRow>("screenings");
const COLUMNS: readonly RecordColumn<ScreeningRow>[] = [
  {
    id: "party",
    title: "Party",
    track: "minmax(9rem, 1.6fr)",
    sort: "party",
    cell: ({ party, candidates }) => (
      <span className="two-lines">
        <span>{party}</span>
        <span className="quiet">
          {candidates[0] ? `resembles ${candidates[0].name}` : "resembles nobody on the list"}
        </span>
      </span>
    ),
  },
  {
    id: "judgement",
    title: "Judgement",
    track: "minmax(9rem, 1fr)",
    sort: "judgement",
    cell: ({ judgement }) => <Mark tone={JUDGEMENT_TONES[judgement]}>{JUDGEMENTS[judgement]}</Mark>,
  },
  {
    id: "list",
    title: "List",
    track: "minmax(7rem, 1fr)",
    sort: "list",
    fromPx: 540,
    cell: ({ list, listVersion }) => (
      <span className="two-lines">
        <span>{list}</span>
        <span className="quiet">{listVersion}</span>
      </span>
    ),
  },
  {
    id: "at",
    title: "Date",
    track: "minmax(9.5rem, 1fr)",
    figures: true,
    sort: "atMs",
    fromPx: 460,
    cell: ({ atMs }) => dateTime(atMs),
  },
];
const FILTERS: readonly RecordFilter[] = [
  { title: "Judgement", any: "Any judgement", options: optionsOf("judgement", JUDGEMENTS) },
];

/** Parties compared with sanctions lists. */
export function ScreeningTable() {
  return (
    <RecordTable
      label="Screenings"
      source={SOURCE}
      columns={COLUMNS}
      filters={FILTERS}
      sort="-atMs"
      empty="Open a party and compare it with a list."
    />
  );
}

export function ScreeningDetail({ id }: { id: string }) {
  return (
    <RecordDetail<ScreeningRow>
      list="screenings"
      id={id}
      title={({ party }) => `Screening of ${party}`}
      mark={({ judgement }) => <Mark tone={JUDGEMENT_TONES[judgement]}>{JUDGEMENTS[judgement]}</Mark>}
      actions={screening =>
        screening.candidates.length > 0 && (
          <CommandButton
            ask={{
              command: "screening.judge",
              title: `Judge the screening of ${screening.party}`,
              given: { screeningId: id },
              about: (
                <p>A name alone is nobody: to confirm, say what beyond the name ties the two together.</p>
              ),
            }}
            permission="screening.decide"
          />
        )
      }
    >
      {screening => (
        <>
          <section aria-labelledby="screening">
            <h3 id="screening">Comparison</h3>
            <Facts>
              <Fact name="Party">
                <RecordLink kind="party" id={screening.party} />
              </Fact>
              <Fact name="List">
                {screening.list}, version {screening.listVersion}
              </Fact>
              <Fact name="Compared">{dateTime(screening.atMs)}</Fact>
              <Fact name="Judged by">{screening.judgedBy ?? "Nobody yet"}</Fact>
              {screening.entryId && <Fact name="Entry">{screening.entryId}</Fact>}
            </Facts>
            {screening.identifiers.length > 0 && (
              <ul className="changes" aria-label="What beyond the name says so">
                {screening.identifiers.map(({ kind, evidence }) => (
                  <li key={`${kind} ${evidence}`}>
                    {codeWords(kind)}: <code>{evidence}</code>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section aria-labelledby="candidates">
            <h3 id="candidates">Candidates, and why each was found</h3>
            <Candidates screening={screening} />
          </section>
        </>
      )}
    </RecordDetail>
  );
}

/** Each entry of the list that resembles the party: how much, and by which word of the name. */
export function Candidates({ screening }: { screening: ScreeningRow }) {
  if (screening.candidates.length === 0) return <p className="quiet">Nobody on the list resembles it.</p>;
  return (
    <ul className="records">
      {screening.candidates.map(({ listEntryId, name, score, reasons }) => (
        <li key={listEntryId}>
          <p>
            <strong>{name}</strong> <code>{listEntryId}</code>
            {screening.entryId === listEntryId && (
              <>
                {" "}
                <Mark tone="bad">Confirmed to be the party</Mark>
              </>
            )}
          </p>
          <p className="quiet figures">
            Resemblance {percent(score, 0)}; it orders the work and decides nothing.
          </p>
          <ul className="changes">
            {reasons.map(({ rule, ours, theirs, weight }) => (
              <li key={`${rule} ${ours} ${theirs}`}>
                “{ours}” – “{theirs}”: {ruleWords(rule)}{" "}
                <span className="quiet figures">({percent(weight, 0)} of the resemblance)</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
