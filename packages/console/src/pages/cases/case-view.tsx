// SPDX-License-Identifier: MIT
import type { CaseSheet } from "@perigee/operator/contract";
import { type KeyboardEvent, type ReactNode, useEffect } from "react";
import { useSearchParams } from "wouter";
import { casesApi, showOnMap } from "../../data/cases.ts";
import { useResource } from "../../data/resource.ts";
import { Icon } from "../../ui/icon.tsx";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { useRecordAddress } from "../../ui/record-table/record-address.ts";
import { useDecisions } from "../../ui/record-table/use-records.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { CandidatesPart } from "./candidates-part.tsx";
import { CaseHead } from "./case-head.tsx";
import { isLookedAt } from "./case-words.ts";
import { ClaimsPart } from "./claims-part.tsx";
import { EvidencePart } from "./evidence-part.tsx";
import { MeasuresPart } from "./measures-part.tsx";
import { SupplyPart } from "./supply-part.tsx";
import { TimelinePart } from "./timeline-part.tsx";
import { type CaseWords, useCaseReading } from "./use-case-reading.ts";

type PartName = "claims" | "terminals" | "measures" | "supply" | "evidence" | "timeline";

interface Part {
  readonly part: PartName;
  readonly title: (sheet: CaseSheet) => string;
  readonly show: (sheet: CaseSheet, words: CaseWords) => ReactNode;
}

const PARTS: readonly Part[] = [
  {
    part: "claims",
    title: ({ claims }) => `Claims ${claims.length}`,
    show: (sheet, words) => <ClaimsPart sheet={sheet} words={words} />,
  },
  {
    part: "terminals",
    title: ({ candidates }) => `Terminals ${candidates.filter(isLookedAt).length}`,
    show: sheet => <CandidatesPart sheet={sheet} />,
  },
  { part: "measures", title: () => "Measures", show: sheet => <MeasuresPart sheet={sheet} /> },
  {
    part: "supply",
    title: ({ supply }) => `Supply ${supply.edges.length}`,
    show: sheet => <SupplyPart supply={sheet.supply} />,
  },
  {
    part: "evidence",
    title: ({ evidence }) => `Evidence ${evidence.length}`,
    show: sheet => <EvidencePart sheet={sheet} />,
  },
  { part: "timeline", title: () => "Timeline", show: sheet => <TimelinePart sheet={sheet} /> },
];
const NAMES: readonly PartName[] = PARTS.map(({ part }) => part);

/** One case on the whole panel. Escape leads back to the list and to the row it was opened from. */
export function CaseView({ id }: { id: string }) {
  const sheet = useResource(`case ${id}`, useDecisions(), () => casesApi.sheet(id));
  const words = useCaseReading(sheet.value);
  const [parameters, setParameters] = useSearchParams();
  const [, change] = useRecordAddress();
  const part = NAMES.find(name => name === parameters.get("part")) ?? "claims";
  const shown = PARTS.find(of => of.part === part);
  useOnMap(sheet.value, words);

  const close = () => {
    change({ id: null });
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(".record-table .grid-body [role=row][tabindex='0']")?.focus();
    });
  };
  const onKey = (event: KeyboardEvent) => {
    const inField = event.target instanceof Element && event.target.matches("input, select, textarea");
    if (event.key !== "Escape" || event.defaultPrevented || inField) return;
    event.preventDefault();
    close();
  };
  const choose = (next: PartName) =>
    setParameters(
      before => {
        const wanted = new URLSearchParams(before);
        wanted.set("part", next);
        return wanted;
      },
      { replace: true },
    );

  return (
    <article className="case" aria-label={`Case ${id}`} onKeyDown={onKey}>
      <div className="case-bar">
        <button type="button" className="link-button" onClick={close}>
          <span aria-hidden="true">← </span>All cases
        </button>
        <code className="quiet">{id}</code>
        <button type="button" className="icon-button" aria-label="Close the case" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long case is scrolled by keyboard */}
      <section className="case-body" tabIndex={0} aria-label="The case">
        {sheet.failure && <FailureNote failure={sheet.failure} retry={sheet.reload} />}
        {sheet.loading && <Skeleton lines={12} label="The case is loading" />}
        {sheet.value && (
          <>
            <CaseHead sheet={sheet.value} />
            <Tabs
              label="Parts of the case"
              tabs={PARTS.map(of => [of.part, of.title(sheet.value as CaseSheet)] as const)}
              chosen={part}
              choose={choose}
            />
            <div className="case-part">{shown?.show(sheet.value, words)}</div>
          </>
        )}
      </section>
    </article>
  );
}

/** While a case is open, its candidates and the places that its documents name are on the map. */
function useOnMap(sheet: CaseSheet | null, { places }: CaseWords): void {
  useEffect(() => {
    if (sheet === null) return;
    const candidates = sheet.candidates.filter(isLookedAt);
    showOnMap({ caseId: sheet.case.id, candidates, places });
  }, [sheet, places]);
  useEffect(() => () => showOnMap(null), []);
}
