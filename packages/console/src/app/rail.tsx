// SPDX-License-Identifier: MIT
import { Link, useLocation, useSearchParams } from "wouter";
import { useWaiting, useWatchWaiting } from "../pages/waiting.ts";
import { Icon } from "../ui/icon.tsx";
import { PAGES } from "./pages.ts";
import { pageHref } from "./view-options.ts";

/** The pages; on a phone it lies at the bottom. */
export function Rail() {
  const [location] = useLocation();
  const [parameters] = useSearchParams();
  useWatchWaiting();
  const { byPage } = useWaiting();
  return (
    <nav className="rail" aria-label="Pages">
      {PAGES.map(page => (
        <Link
          key={page.path}
          href={pageHref(page.path, parameters)}
          aria-current={location === page.path ? "page" : undefined}
          title={`${page.title} (g ${page.key})`}
        >
          <Icon name={page.icon} size={22} />
          <span>{page.title}</span>
          {(byPage[page.path] ?? 0) > 0 && (
            <span className="badge">
              {byPage[page.path]}
              <span className="visually-hidden"> wait for you</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
