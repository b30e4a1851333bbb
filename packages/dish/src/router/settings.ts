// SPDX-License-Identifier: MIT
import type { MessageOf } from "../schema/message.ts";
import type { DeviceAnswer } from "../server/device.ts";
import { refusal } from "../server/rpc-status.ts";
import type { RouterCore } from "./core.ts";
import type { Question } from "./question.ts";
import { applyConfig, type WifiConfig, withoutPasswords } from "./wifi-config.ts";

/** Longest name of a device as its owner calls it. */
const LONGEST_NAME = 63;

/** Changes come through the cloud of the account; from the LAN only where that is allowed. */
export function guarded({ caller, lanWrites }: Question, change: () => DeviceAnswer): DeviceAnswer {
  if (caller === "lan" && !lanWrites)
    return refusal(
      "permissionDenied",
      "Settings are changed through the account, not from the local network.",
    );
  return change();
}

/** `wifi_set_config`. */
export function setConfig(
  core: RouterCore,
  { wifiConfig = {} }: MessageOf<"SpaceX.API.Device.WifiSetConfigRequest">,
  question: Question,
): DeviceAnswer {
  return guarded(question, () =>
    configured(core, wifiConfig, question.atMs, config => ({
      wifiSetConfig: { updatedWifiConfig: withoutPasswords(config) },
    })),
  );
}

/** `wifi_set_client_given_name`: names a device that has been here, and says when it is kept off. */
export function setGivenName(
  core: RouterCore,
  { clientName, clientConfig }: MessageOf<"SpaceX.API.Device.WifiSetClientGivenNameRequest">,
  question: Question,
): DeviceAnswer {
  return guarded(question, () => {
    const named = { ...clientConfig, ...clientName };
    if ((named.givenName ?? "").length > LONGEST_NAME)
      return refusal("invalidArgument", `A name has ${LONGEST_NAME} characters at most.`);
    const station = core.home.stations.find(
      s => s.macAddress === named.macAddress || s.number === named.clientId,
    );
    if (station === undefined) return refusal("notFound", "No such device has been here.");
    const { number: clientId, macAddress } = station;
    const isIt = (other: MessageOf<"SpaceX.API.Device.ClientConfig">): boolean =>
      other.clientId === clientId || other.macAddress === macAddress;
    const known = core.config.clientConfigs ?? [];
    const clientConfigs = [
      ...known.filter(other => !isIt(other)),
      { ...known.find(isIt), ...named, clientId, macAddress },
    ];
    return configured(core, { applyClientConfigs: true, clientConfigs }, question.atMs, () => ({}));
  });
}

/** `wifi_setup`: a router out of the box is set up by whoever stands before it. */
export function setUp(
  core: RouterCore,
  setup: MessageOf<"SpaceX.API.Device.WifiSetupRequest">,
  question: Question,
): DeviceAnswer {
  const { skip, networkName = "", networkPassword = "", bypass } = setup;
  const isNamed = skip !== true && bypass !== true;
  const networks = (core.config.networks ?? []).map(network => ({
    ...network,
    basicServiceSets: (network.basicServiceSets ?? []).map(({ bssid, band, ifaceName }) => ({
      ...{ bssid, band, ifaceName, ssid: networkName },
      ...(networkPassword === "" ? { authOpen: {} } : { authWpa2Wpa3: { password: networkPassword } }),
    })),
  }));
  const request: WifiConfig = {
    applySetupComplete: true,
    setupComplete: true,
    applyBypassMode: true,
    bypassMode: bypass === true,
    ...(isNamed ? { applyNetworks: true, networks } : {}),
  };
  const change = (): DeviceAnswer => configured(core, request, question.atMs, () => ({ wifiSetup: {} }));
  return core.config.setupComplete === true ? guarded(question, change) : change();
}

function configured(
  core: RouterCore,
  request: WifiConfig,
  atMs: number,
  answer: (config: WifiConfig) => DeviceAnswer,
): DeviceAnswer {
  const applied = applyConfig(core.config, request);
  if (!applied.ok) return refusal("invalidArgument", `${applied.error.place}: ${applied.error.message}`);
  core.configure(applied.value, atMs);
  return answer(applied.value);
}
