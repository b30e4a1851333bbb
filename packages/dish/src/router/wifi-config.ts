// SPDX-License-Identifier: MIT
import { isIP } from "node:net";
import { enumOf } from "../schema/directory.ts";
import type { MessageOf } from "../schema/message.ts";
import { word } from "./draw.ts";
import type { RouterHome, RouterIdentity } from "./inputs.ts";

/** `WifiConfig` of the wire. */
export type WifiConfig = MessageOf<"SpaceX.API.Device.WifiConfig">;
type Network = MessageOf<"SpaceX.API.Device.WifiConfig.Network">;
type BasicServiceSet = MessageOf<"SpaceX.API.Device.WifiConfig.BasicServiceSet">;
type MeshConfigs = ReadonlyMap<string, MessageOf<"SpaceX.API.Device.MeshConfig">>;

/** Bands of a wireless network, as numbers of the wire. */
export const wifiBand = enumOf("SpaceX.API.Device.WifiConfig.Band");

/** The interfaces of a router. */
export const interfaceNames = {
  wan: "eth0",
  lan: "eth1",
  bridge: "br-lan",
  "2.4GHz": "wlan0",
  "5GHz": "wlan1",
} as const;

/** Host part of the first address that is handed out; those below are for what is set by hand. */
export const FIRST_LEASE = 20;
const LEASE_S = 3_600;
const LAN_NETWORK = "192.168.1.1/24";

const BOUNDS = { networks: 8, basicServiceSets: 4, nameservers: 4, clients: 256, meshDevices: 32 } as const;
const CHANNELS_2GHZ = { first: 1, last: 13 };
/** Centres of the 20 MHz channels between 5.17 and 5.89 GHz (IEEE 802.11-2020, Annex E). */
const CHANNELS_5GHZ = new Set([
  ...Array.from({ length: 8 }, (_, i) => 36 + 4 * i),
  ...Array.from({ length: 12 }, (_, i) => 100 + 4 * i),
  ...Array.from({ length: 8 }, (_, i) => 149 + 4 * i),
]);
const MINUTES_PER_WEEK = 10_080;

/** Hardware address number `index` of a router: locally administered (IEEE 802-2014, 8.2.2), of no maker. */
export function hardwareAddress(seed: number, index: number): string {
  const bits = word(seed, index, 0x6d6163);
  const octets = [0x02, 0x50, bits >>> 24, (bits >>> 16) & 0xff, (bits >>> 8) & 0xff, bits & 0xff];
  return octets.map(octet => octet.toString(16).padStart(2, "0")).join(":");
}

/** What a router is set to when its owner has unpacked it and given its network a name. */
export function initialConfig(identity: RouterIdentity, home: RouterHome, seed: number): WifiConfig {
  const basicServiceSet = (band: "2.4GHz" | "5GHz", index: number): BasicServiceSet => ({
    bssid: hardwareAddress(seed, index),
    ssid: home.networkName,
    band: band === "2.4GHz" ? wifiBand.RF_2GHZ : wifiBand.RF_5GHZ,
    ifaceName: interfaceNames[band],
    authWpa2Wpa3: {},
  });
  return {
    countryCode: identity.countryCode,
    setupComplete: true,
    macWan: hardwareAddress(seed, 0),
    macLan: hardwareAddress(seed, 1),
    channel2ghz: [1, 6, 11][word(seed, 0, 2) % 3]!,
    channel5ghz: [36, 44, 149, 157][word(seed, 0, 3) % 4]!,
    bypassMode: home.bypass,
    networks: [
      {
        ipv4: LAN_NETWORK,
        domain: "lan",
        dhcpv4Start: FIRST_LEASE,
        dhcpv4LeaseDurationS: LEASE_S,
        basicServiceSets: [basicServiceSet("2.4GHz", 2), basicServiceSet("5GHz", 3)],
      },
    ],
    incarnation: 1n,
  };
}

/** A configuration after a request, or what is wrong with the request. */
export type ConfigResult =
  | { readonly ok: true; readonly value: WifiConfig }
  | {
      readonly ok: false;
      readonly error: { readonly code: "CONFIG_INVALID"; readonly message: string; readonly place: string };
    };

/**
 * A configuration after a request: a member is taken over where its `apply…` companion is set, and only there; taken over
 * while absent, it returns to its default. What the router alone knows (addresses, boots, the number of the
 * configuration itself) has no companion. A network's password that is left empty stays what it was.
 */
export function applyConfig(config: WifiConfig, request: WifiConfig): ConfigResult {
  const wrong = firstFault(request);
  if (wrong !== null) return { ok: false, error: { code: "CONFIG_INVALID", ...wrong } };
  const next: Record<string, unknown> = { ...config };
  const asked: Readonly<Record<string, unknown>> = request;
  for (const [name, isApplied] of Object.entries(asked)) {
    if (isApplied !== true || !name.startsWith("apply")) continue;
    for (const member of membersOf(name)) next[member] = asked[member];
  }
  if (request.applyMeshConfigs === true) next["meshConfigs"] = mergedMesh(config, request);
  if (request.applyNetworks === true) next["networks"] = withPasswords(request.networks ?? [], config);
  next["incarnation"] = (config.incarnation ?? 0n) + 1n;
  // Each member comes from one of two values of this very type.
  return { ok: true, value: next as WifiConfig };
}

/** What goes out: nobody reads a password back. */
export function withoutPasswords(config: WifiConfig): WifiConfig {
  return {
    ...config,
    networks: (config.networks ?? []).map(network => ({
      ...network,
      basicServiceSets: (network.basicServiceSets ?? []).map(bss => withPassword(bss, "")),
    })),
  };
}

function membersOf(companion: string): readonly string[] {
  if (companion === "applyWanTrafficControl")
    return ["wanNoTrafficControl", "wanAckSuppression", "wanCakeRateLimit"];
  return [`${companion.charAt(5).toLowerCase()}${companion.slice(6)}`];
}

function mergedMesh(config: WifiConfig, request: WifiConfig): MeshConfigs {
  return new Map([...(config.meshConfigs ?? []), ...(request.meshConfigsUpdates ?? [])]);
}

const passwordOf = (bss: BasicServiceSet): string =>
  (bss.authWpa2 ?? bss.authWpa3 ?? bss.authWpa2Wpa3)?.password ?? "";

function withPassword(bss: BasicServiceSet, password: string): BasicServiceSet {
  if (bss.authWpa2) return { ...bss, authWpa2: { password } };
  if (bss.authWpa3) return { ...bss, authWpa3: { password } };
  if (bss.authWpa2Wpa3) return { ...bss, authWpa2Wpa3: { password } };
  // Of a RADIUS server, the shared secret.
  return bss.authRadius ? { ...bss, authRadius: { ...bss.authRadius, password } } : bss;
}

/** Networks as asked for, with the passwords they had: those of the same band of the same network. */
function withPasswords(networks: readonly Network[], config: WifiConfig): readonly Network[] {
  return networks.map((network, i) => ({
    ...network,
    basicServiceSets: (network.basicServiceSets ?? []).map(bss => {
      if (passwordOf(bss) !== "") return bss;
      const before = config.networks?.[i]?.basicServiceSets?.find(other => other.band === bss.band);
      return before === undefined ? bss : withPassword(bss, passwordOf(before));
    }),
  }));
}

interface Fault {
  readonly message: string;
  readonly place: string;
}

function firstFault(request: WifiConfig): Fault | null {
  const { countryCode = "", channel2ghz = 0, channel5ghz = 0, nameservers = [], networks = [] } = request;
  if (request.applyCountryCode === true && !/^[A-Z]{2}$/.test(countryCode))
    return { message: `"${countryCode}" is no country code of two letters.`, place: "countryCode" };
  const { first, last } = CHANNELS_2GHZ;
  if (request.applyChannel2ghz === true && channel2ghz !== 0 && (channel2ghz < first || channel2ghz > last))
    return { message: `2.4 GHz has no channel ${channel2ghz}.`, place: "channel2ghz" };
  if (request.applyChannel5ghz === true && channel5ghz !== 0 && !CHANNELS_5GHZ.has(channel5ghz))
    return { message: `5 GHz has no channel ${channel5ghz}.`, place: "channel5ghz" };
  if (request.applyNameservers === true) {
    if (nameservers.length > BOUNDS.nameservers) return tooMany("nameservers", BOUNDS.nameservers);
    const at = nameservers.findIndex(address => isIP(address) === 0);
    if (at >= 0) return { message: `"${nameservers[at]}" is no address.`, place: `nameservers[${at}]` };
  }
  if (request.applyMeshConfigs === true && (request.meshConfigsUpdates?.size ?? 0) > BOUNDS.meshDevices)
    return tooMany("meshConfigsUpdates", BOUNDS.meshDevices);
  if ((request.clientNames?.length ?? 0) > BOUNDS.clients) return tooMany("clientNames", BOUNDS.clients);
  if (request.applyClientConfigs === true) {
    const fault = clientFault(request);
    if (fault !== null) return fault;
  }
  return request.applyNetworks === true ? networkFault(networks) : null;
}

function clientFault({ clientConfigs = [] }: WifiConfig): Fault | null {
  if (clientConfigs.length > BOUNDS.clients) return tooMany("clientConfigs", BOUNDS.clients);
  for (const [i, { weeklyBlockSchedules = [] }] of clientConfigs.entries())
    for (const [j, { blockRanges = [] }] of weeklyBlockSchedules.entries())
      for (const [k, { startMinutes = 0, endMinutes = 0 }] of blockRanges.entries())
        if (startMinutes >= endMinutes || endMinutes > MINUTES_PER_WEEK)
          return {
            message: "A time of blocking begins before it ends, within a week of minutes.",
            place: `clientConfigs[${i}].weeklyBlockSchedules[${j}].blockRanges[${k}]`,
          };
  return null;
}

function networkFault(networks: readonly Network[]): Fault | null {
  if (networks.length === 0) return { message: "A router needs a network.", place: "networks" };
  if (networks.length > BOUNDS.networks) return tooMany("networks", BOUNDS.networks);
  for (const [i, { ipv4 = "", basicServiceSets = [] }] of networks.entries()) {
    const place = `networks[${i}]`;
    const [address = "", prefix = ""] = ipv4.split("/");
    // Addresses of clients are handed out from the last octet.
    if (isIP(address) !== 4 || prefix !== "24")
      return { message: `"${ipv4}" is no address with a network of 24 bits.`, place: `${place}.ipv4` };
    if (basicServiceSets.length > BOUNDS.basicServiceSets)
      return tooMany(`${place}.basicServiceSets`, BOUNDS.basicServiceSets);
    for (const [j, bss] of basicServiceSets.entries()) {
      const at = `${place}.basicServiceSets[${j}]`;
      const bytes = Buffer.byteLength(bss.ssid ?? "");
      if (bytes < 1 || bytes > 32)
        return { message: "The name of a wireless network has 1 to 32 bytes.", place: `${at}.ssid` };
      const password = passwordOf(bss);
      // Eight to 63 characters (IEEE 802.11-2020, J.4.1).
      if (password !== "" && (password.length < 8 || password.length > 63))
        return { message: "A password has 8 to 63 characters.", place: at };
    }
  }
  return null;
}

const tooMany = (place: string, most: number): Fault => ({ message: `There may be ${most} at most.`, place });
