// SPDX-License-Identifier: MIT
import type { RecordRow, RecordVersion } from "../../data/records.ts";
import { dateTime } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { changesBetween, valueWords } from "./version-changes.ts";

/** Every version of a record, the newest first: what changed, when it held, and when it was known. */
export function RecordVersions<R extends RecordRow>({ versions }: { versions: readonly RecordVersion<R>[] }) {
  const ordered = versions.toSorted(
    (a, b) =>
      Date.parse(a.knownFrom) - Date.parse(b.knownFrom) || Date.parse(a.validFrom) - Date.parse(b.validFrom),
  );
  return (
    <section aria-labelledby="versions">
      <h3 id="versions">Versions</h3>
      <ol className="records versions" reversed>
        {ordered
          .map((version, i) => ({ version, before: ordered[i - 1] }))
          .toReversed()
          .map(({ version, before }) => (
            <li
              key={`${version.validFrom} ${version.knownFrom}`}
              data-superseded={version.knownTo !== null || undefined}
            >
              <p className="quiet">
                Held from {dateTime(version.validFrom)}
                {version.validTo !== null && ` to ${dateTime(version.validTo)}`} · known since{" "}
                {dateTime(version.knownFrom)}
                {version.knownTo !== null && `, put right ${dateTime(version.knownTo)}`}
              </p>
              {before === undefined ? (
                <p>First entered.</p>
              ) : (
                <ul className="changes">
                  {changesBetween(before.document, version.document).map(({ member, from, to }) => (
                    <li key={member}>
                      <strong>{codeWords(member)}</strong>: {valueWords(member, from)} →{" "}
                      {valueWords(member, to)}
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
      </ol>
    </section>
  );
}
