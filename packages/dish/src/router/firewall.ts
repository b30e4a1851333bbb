// SPDX-License-Identifier: MIT
import type { MessageOf } from "../schema/message.ts";
import { addressOf } from "./client-messages.ts";
import type { RouterCore } from "./core.ts";
import { interfaceNames } from "./wifi-config.ts";

/** The router's packet filter in the form of `iptables-save`: nothing comes in unasked, blocked devices go nowhere. */
export function firewall(core: RouterCore): MessageOf<"SpaceX.API.Device.WifiGetFirewallResponse"> {
  const { config, home } = core;
  if (config.bypassMode === true) return {};
  const { wan, bridge } = interfaceNames;
  const blocked = home.stations.filter(station => station.blocked);
  const isolation = (config.networks ?? []).some(network => network.clientIsolation === true);
  const filter = (drops: readonly string[]): string =>
    [
      "*filter",
      ":INPUT DROP [0:0]",
      ":FORWARD DROP [0:0]",
      ":OUTPUT ACCEPT [0:0]",
      "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
      "-A INPUT -i lo -j ACCEPT",
      `-A INPUT -i ${bridge} -j ACCEPT`,
      ...drops,
      ...(isolation ? [`-A FORWARD -i ${bridge} -o ${bridge} -j DROP`] : []),
      "-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
      `-A FORWARD -i ${bridge} -j ACCEPT`,
      "COMMIT",
      "",
    ].join("\n");
  const translation = [
    "*nat",
    ":PREROUTING ACCEPT [0:0]",
    ":POSTROUTING ACCEPT [0:0]",
    `-A POSTROUTING -o ${wan} -j MASQUERADE`,
    "COMMIT",
    "",
  ].join("\n");
  const drops = blocked.map(({ macAddress }) => `-A FORWARD -m mac --mac-source ${macAddress} -j DROP`);
  return {
    iptables: filter(drops) + translation,
    iptables6: filter(drops),
    ipset: [
      "create blocked hash:ip family inet",
      ...blocked.map(station => `add blocked ${addressOf(station, config)}`),
      "",
    ].join("\n"),
  };
}
