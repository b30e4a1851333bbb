// SPDX-License-Identifier: MIT

/** The address of a bundle: a number is an entry, anything else a subject; `null` where nothing is typed. */
export function bundlePath(about: string): string | null {
  const text = about.trim();
  if (text === "") return null;
  const wanted = /^\d{1,15}$/.test(text) ? { index: text } : { subject: text.slice(0, 200) };
  return `/v1/ledger/bundle?${new URLSearchParams(wanted)}`;
}
