// SPDX-License-Identifier: MIT

/** Line icons, drawn for this console in a 20 × 20 box. */
const PATHS = {
  network: "M10 3v14M3 10h14M10 3a11 11 0 0 1 0 14a11 11 0 0 1 0-14M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14",
  terminals: "M4 7.5L13.5 4l2.5 6.5L6.5 14zM10.5 12.5L11.5 17M8 17h7",
  areas: "M10 2.5l6.5 3.75v7.5L10 17.5l-6.5-3.75v-7.5zM10 10V17.5M10 10L3.5 6.25M10 10l6.5-3.75",
  accounts: "M10 3a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4M3.8 16.5c.4-3.4 3-5 6.2-5s5.8 1.6 6.2 5",
  cases: "M3.5 6.5h5l1.5 2h6.5v8h-13zM3.5 6.5v-2h4.5l1.5 2M7 12.5h6",
  orders: "M5 3.5h7l3 3v10H5zM12 3.5v3h3M7.5 10h5M7.5 13h5",
  approvals: "M3.5 10.5l3 3l5-6M10.5 13l.8.8L16.5 7.5",
  ledger: "M5 3.5h10v13H5zM7.5 7h5M7.5 10h5M7.5 13h3",
  search: "M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M13 13l4 4",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4",
  moon: "M15.5 11.8A6.5 6.5 0 0 1 8.2 4.5a6.5 6.5 0 1 0 7.3 7.3z",
  help: "M7.5 7.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.8M10 14.6v.2M10 2.8a7.2 7.2 0 1 0 0 14.4a7.2 7.2 0 1 0 0-14.4",
  globe: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M3 10h14M10 3c4.5 4 4.5 10 0 14M10 3c-4.5 4-4.5 10 0 14",
  flat: "M2.5 5.5h15v9h-15zM2.5 10h15M7.5 5.5v9M12.5 5.5v9",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  close: "M5 5l10 10M15 5L5 15",
  copy: "M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3",
  check: "M4.5 10.5l3.5 3.5l7.5-8",
  actions: "M5 10h.01M10 10h.01M15 10h.01",
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the button or link around it carries the name. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" className="icon">
      <path d={PATHS[name]} />
    </svg>
  );
}
