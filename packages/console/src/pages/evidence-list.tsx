// SPDX-License-Identifier: MIT
import { Link, useSearchParams } from "wouter";
import { pageHref } from "../app/view-options.ts";
import { evidenceOf } from "./evidence-of.ts";

/** What a request rests on, each piece with a way to it where the console has one. */
export function EvidenceList({ request }: { request: unknown }) {
  const [parameters] = useSearchParams();
  const pieces = evidenceOf(request);
  return (
    <section aria-labelledby="evidence">
      <h3 id="evidence">Evidence</h3>
      {pieces.length === 0 && <p className="quiet">The request names none.</p>}
      <ul className="changes">
        {pieces.map(({ id, what, page }) => {
          const path = page === null ? null : pageHref(page.path, parameters);
          return (
            <li key={`${what} ${id}`}>
              {what}{" "}
              {path === null || page === null ? (
                <code>{id}</code>
              ) : (
                <Link
                  href={`${path}${path.includes("?") ? "&" : "?"}tab=${page.tab}&id=${encodeURIComponent(id)}`}
                >
                  {id}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
