// SPDX-License-Identifier: MIT
import type { TerminalDetail } from "@perigee/operator/contract";
import { CopyButton } from "../../ui/copy-button.tsx";
import { curlLine } from "./curl-line.ts";

/** How to send real traffic through this terminal. */
export function ProxyPart({ terminal }: { terminal: TerminalDetail }) {
  const lines = [
    ["SOCKS5", terminal.proxy.socks5],
    ["HTTP", terminal.proxy.http],
    ["Try it", curlLine(terminal)],
  ] as const;
  return (
    <section aria-labelledby="proxy">
      <h3 id="proxy">Send traffic through it</h3>
      <dl className="proxies">
        {lines.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{text}</code>
              <CopyButton text={text} label={`Copy ${name}`} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
