// SPDX-License-Identifier: MIT
// Types of values, derived from the table: nothing here names a field.
import type { accountShardFile } from "./files/account-shard.ts";
import type { commandFile } from "./files/command.ts";
import type { deviceFile } from "./files/device.ts";
import type { deviceCommonFile } from "./files/device-common.ts";
import type { disablementFile } from "./files/disablement.ts";
import type { dishFile } from "./files/dish.ts";
import type { dishConfigFile } from "./files/dish-config.ts";
import type { gnssFile } from "./files/gnss.ts";
import type { googleDescriptorFile } from "./files/google-descriptor.ts";
import type { googleTimestampFile } from "./files/google-timestamp.ts";
import type { googleWrappersFile } from "./files/google-wrappers.ts";
import type { rateLimitReasonFile } from "./files/rate-limit-reason.ts";
import type { reflectionV1File } from "./files/reflection-v1.ts";
import type { reflectionV1AlphaFile } from "./files/reflection-v1alpha.ts";
import type { rssiScanFile } from "./files/rssi-scan.ts";
import type { statusFile } from "./files/status.ts";
import type { timeFile } from "./files/time.ts";
import type { transceiverFile } from "./files/transceiver.ts";
import type { unlockFile } from "./files/unlock.ts";
import type { wifiFile } from "./files/wifi.ts";
import type { wifiConfigFile } from "./files/wifi-config.ts";
import type { wifiUtilFile } from "./files/wifi-util.ts";
import type { EnumValues, MessageFields, ProtoFile, Scalars } from "./table.ts";

/** A message's fields together with the package in which their types' names are to be read. */
interface Scoped<Package extends string, Fields extends MessageFields> {
  readonly package: Package;
  readonly fields: Fields;
}

type MessagesOf<F extends ProtoFile> = {
  readonly [K in keyof F["messages"] & string as `${F["package"]}.${K}`]: Scoped<
    F["package"],
    F["messages"][K]
  >;
};

type EnumsOf<F extends ProtoFile> = {
  readonly [K in keyof F["enums"] & string as `${F["package"]}.${K}`]: F["enums"][K];
};

interface Messages
  extends MessagesOf<typeof accountShardFile>,
    MessagesOf<typeof commandFile>,
    MessagesOf<typeof deviceCommonFile>,
    MessagesOf<typeof deviceFile>,
    MessagesOf<typeof dishFile>,
    MessagesOf<typeof dishConfigFile>,
    MessagesOf<typeof gnssFile>,
    MessagesOf<typeof googleDescriptorFile>,
    MessagesOf<typeof googleTimestampFile>,
    MessagesOf<typeof googleWrappersFile>,
    MessagesOf<typeof reflectionV1File>,
    MessagesOf<typeof reflectionV1AlphaFile>,
    MessagesOf<typeof rssiScanFile>,
    MessagesOf<typeof statusFile>,
    MessagesOf<typeof timeFile>,
    MessagesOf<typeof transceiverFile>,
    MessagesOf<typeof unlockFile>,
    MessagesOf<typeof wifiFile>,
    MessagesOf<typeof wifiConfigFile>,
    MessagesOf<typeof wifiUtilFile> {}

interface Enums
  extends EnumsOf<typeof accountShardFile>,
    EnumsOf<typeof commandFile>,
    EnumsOf<typeof deviceCommonFile>,
    EnumsOf<typeof deviceFile>,
    EnumsOf<typeof disablementFile>,
    EnumsOf<typeof dishFile>,
    EnumsOf<typeof dishConfigFile>,
    EnumsOf<typeof gnssFile>,
    EnumsOf<typeof googleDescriptorFile>,
    EnumsOf<typeof rateLimitReasonFile>,
    EnumsOf<typeof timeFile>,
    EnumsOf<typeof transceiverFile>,
    EnumsOf<typeof wifiFile>,
    EnumsOf<typeof wifiConfigFile>,
    EnumsOf<typeof wifiUtilFile> {}

/** Full name of a message of the table, e.g. `SpaceX.API.Device.Request`. */
export type MessageName = keyof Messages;

/** Full name of an enum of the table, e.g. `SpaceX.API.Device.DishOutage.Cause`. */
export type EnumName = keyof Enums;

/** Numbers of an enum by name. */
export type EnumOf<N extends EnumName> = Enums[N] extends EnumValues ? Enums[N] : never;

/** JSON name of a field: `pop_ping_drop_rate` becomes `popPingDropRate` (protobuf.dev, "ProtoJSON Format"). */
export type JsonName<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<JsonName<Tail>>}`
  : S;

type Qualified<Package extends string, Name extends string> = Name extends `.${infer Full}`
  ? Full
  : `${Package}.${Name}`;

type Single<Package extends string, Type extends string> = Type extends keyof Scalars
  ? Scalars[Type]
  : Qualified<Package, Type> extends MessageName
    ? MessageOf<Qualified<Package, Type>>
    : Qualified<Package, Type> extends EnumName
      ? number
      : never;

type ValueOf<Package extends string, Type extends string> = Type extends "float[]"
  ? Float32Array | readonly number[]
  : Type extends `map<${infer K},${infer V}>`
    ? ReadonlyMap<Single<Package, K>, Single<Package, V>>
    : Type extends `${infer Item}[]`
      ? readonly Single<Package, Item>[]
      : Type extends `${infer Item}?`
        ? Single<Package, Item>
        : Single<Package, Type>;

/**
 * A value of a message: a plain object whose keys are the JSON names of its fields, each of them optional.
 *
 * 64-bit integers are `bigint`, enums numbers, repeated fields arrays (of floats also a `Float32Array`, which is what
 * decoding gives), bytes `Uint8Array`, maps `ReadonlyMap`. Of a oneof at most one member may be set. A member that is
 * absent or `undefined` is not written; nor is a default (zero, false, empty), except in a oneof, in an array, in a
 * map, and where presence counts.
 */
export type MessageOf<N extends MessageName> = {
  readonly [K in keyof Messages[N]["fields"] & string as JsonName<K>]?:
    | (Messages[N]["fields"][K] extends readonly [number, infer Type extends string, string?]
        ? ValueOf<Messages[N]["package"], Type>
        : never)
    | undefined;
};
