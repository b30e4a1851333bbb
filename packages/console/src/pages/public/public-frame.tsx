// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { toggleTheme, useTheme } from "../../app/theme.ts";
import { Announcer } from "../../ui/announcer.tsx";
import { Icon } from "../../ui/icon.tsx";

/** Pages that need no sign-in. */
const OPEN_PAGES = [
  { path: "/map", title: "Map" },
  { path: "/kit", title: "Kit check" },
] as const;

/** The frame of pages for everybody: a bar with the other pages, and the way in. */
export function PublicFrame(props: { children: ReactNode; who: ReactNode; wide?: boolean }) {
  const [location] = useLocation();
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <div className="open-page" data-wide={props.wide || undefined}>
      <header className="open-bar">
        <span className="brand">
          <span>Perigee</span>
        </span>
        <nav aria-label="Pages">
          {OPEN_PAGES.map(({ path, title }) => (
            <Link key={path} href={path} aria-current={location === path ? "page" : undefined}>
              {title}
            </Link>
          ))}
        </nav>
        {props.who}
        <button
          type="button"
          className="icon-button"
          aria-label={`Switch to the ${other} theme`}
          onClick={toggleTheme}
        >
          <Icon name={other === "light" ? "sun" : "moon"} />
        </button>
      </header>
      {props.children}
      <Announcer />
    </div>
  );
}
