// SPDX-License-Identifier: MIT
import { Icon } from "../ui/icon.tsx";
import { ConnectionState } from "./connection-state.tsx";
import { openDialog } from "./dialogs.ts";
import { Search } from "./search.tsx";
import { SlotClock } from "./slot-clock.tsx";
import { toggleTheme, useTheme } from "./theme.ts";
import { Who } from "./who.tsx";

/** Name, search, clock, connection, who is signed in, theme, help. */
export function TopBar() {
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <header className="top-bar">
      <span className="brand">
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <ellipse cx="12" cy="12" rx="10.5" ry="5" transform="rotate(-32 12 12)" />
          <circle cx="9.4" cy="13.6" r="3.6" className="body" />
          <circle cx="4.3" cy="18.6" r="1.7" className="body" />
        </svg>
        <span>Perigee</span>
      </span>
      <Search />
      <SlotClock />
      <ConnectionState />
      <Who />
      <button
        type="button"
        className="icon-button"
        aria-label={`Switch to the ${other} theme`}
        title={`${other === "light" ? "Light" : "Dark"} theme`}
        onClick={toggleTheme}
      >
        <Icon name={other === "light" ? "sun" : "moon"} />
      </button>
      <button
        type="button"
        className="icon-button help-button"
        aria-label="Help and keys"
        title="Help (?)"
        onClick={() => openDialog({ kind: "help" })}
      >
        <Icon name="help" />
      </button>
    </header>
  );
}
