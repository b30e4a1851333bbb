// SPDX-License-Identifier: MIT
import type { TerminalRow } from "@perigee/operator/contract";

/** A command that fetches a page through the terminal; the name is resolved at the far end. */
export function curlLine({ proxy }: Pick<TerminalRow, "proxy">): string {
  const address = proxy.socks5.replace(/^[a-z0-9]+:\/\//i, "");
  return `curl -x socks5h://${address} https://example.com/`;
}
