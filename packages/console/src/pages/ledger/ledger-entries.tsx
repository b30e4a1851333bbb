// SPDX-License-Identifier: MIT
import type { LedgerEntry } from "@perigee/operator/contract";
import { useEffect, useState } from "react";
import { api } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { count } from "../../format/number.ts";
import { EmptyNote, FailureNote, Skeleton } from "../../ui/notes.tsx";
import { entrySummary } from "./entry-summary.ts";

const PAGE = 25;

/** Entries, newest first; `wanted` opens the page that holds it. */
export function LedgerEntries({ size, wanted }: { size: number; wanted: number | null }) {
  const [before, setBefore] = useState<number | null>(wanted === null ? null : wanted + 3);
  useEffect(() => {
    if (wanted !== null) setBefore(wanted + 3);
  }, [wanted]);
  const until = Math.min(size, before ?? size);
  const from = Math.max(0, until - PAGE);
  const entries = useResource(`entries ${before ?? "newest"}`, size, () =>
    api.ledgerEntries(from, Math.max(1, until - from)),
  );
  return (
    <section aria-labelledby="entries">
      <h2 id="entries">Entries</h2>
      {entries.failure && <FailureNote failure={entries.failure} retry={entries.reload} />}
      {entries.loading && <Skeleton lines={8} label="Entries are loading" />}
      {size === 0 && (
        <EmptyNote title="Nothing is written yet.">The first decision will be entry 0.</EmptyNote>
      )}
      <ol className="entries" reversed>
        {entries.value?.toReversed().map(entry => (
          <EntryItem key={entry.index} entry={entry} open={entry.index === wanted} />
        ))}
      </ol>
      <div className="pager">
        <button
          type="button"
          className="button"
          disabled={until >= size}
          onClick={() => setBefore(until + PAGE >= size ? null : until + PAGE)}
        >
          Newer
        </button>
        <span className="quiet figures">
          {size === 0 ? "0" : `${count(from)} to ${count(until - 1)}`} of {count(size)}
        </span>
        <button type="button" className="button" disabled={from === 0} onClick={() => setBefore(from)}>
          Older
        </button>
      </div>
    </section>
  );
}

/** One entry: a line to read, and all of it on demand. */
export function EntryItem({ entry, open }: { entry: LedgerEntry; open: boolean }) {
  const { title, detail } = entrySummary(entry.entry);
  return (
    <li>
      <details open={open}>
        <summary>
          <span className="entry-index figures">{count(entry.index)}</span>
          <span className="entry-title">{title}</span>
          <span className="quiet">{detail}</span>
        </summary>
        <p className="quiet">
          Leaf hash <code className="long">{entry.leafHash}</code>
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long entry is scrolled by keyboard */}
        <pre tabIndex={0}>{JSON.stringify(entry.entry, null, 2)}</pre>
      </details>
    </li>
  );
}
