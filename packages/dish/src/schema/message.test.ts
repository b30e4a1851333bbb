// SPDX-License-Identifier: MIT
// Types of values: checked by the compiler, run only so that the runner lists them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { disablementCode, outageCause } from "./constants.ts";
import { enumOf, enumValueName, jsonName } from "./directory.ts";
import type { EnumOf, JsonName, MessageOf } from "./message.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(value?: T): void => assert.equal(value, undefined);

type Status = MessageOf<"SpaceX.API.Device.DishGetStatusResponse">;
type History = MessageOf<"SpaceX.API.Device.DishGetHistoryResponse">;

test("members have the types of their fields", () => {
  holds<Same<Status["popPingLatencyMs"], number | undefined>>();
  holds<Same<Status["isSnrAboveNoiseFloor"], boolean | undefined>>();
  holds<Same<Status["disablementCode"], number | undefined>>();
  holds<Same<Status["alerts"], MessageOf<"SpaceX.API.Device.DishAlerts"> | undefined>>();
  holds<
    Same<
      Status["downstreamRouters"],
      ReadonlyMap<string, MessageOf<"SpaceX.API.Device.RouterInfo">> | undefined
    >
  >();
  holds<Same<History["current"], bigint | undefined>>();
  holds<Same<History["powerIn"], Float32Array | readonly number[] | undefined>>();
  holds<Same<History["outages"], readonly MessageOf<"SpaceX.API.Device.DishOutage">[] | undefined>>();
  holds<Same<MessageOf<"SpaceX.API.Device.SignedData">["data"], Uint8Array | undefined>>();
  holds<Same<MessageOf<"SpaceX.API.Device.UpdateRequest">["scheduleReboot"], boolean | undefined>>();
  holds<
    Same<MessageOf<"SpaceX.API.Device.Response">["status"], MessageOf<"SpaceX.API.Status.Status"> | undefined>
  >();
  holds<Same<EnumOf<"SpaceX.API.Device.DishOutage.Cause">["INHIBIT_RF"], 14>>();
});

test("wrong members and wrong types do not compile", () => {
  // @ts-expect-error an enum is a number
  const word: Status = { disablementCode: "OKAY" };
  // @ts-expect-error the wire's name is not the member's
  const wire: Status = { pop_ping_latency_ms: 3 };
  // @ts-expect-error 64-bit integers are bigint
  const count: History = { current: 3 };
  assert.ok(word && wire && count);
});

test("the compiler's JSON names are the table's", () => {
  const name: JsonName<"rf_2ghz_status"> = "rf2ghzStatus";
  assert.equal(jsonName("rf_2ghz_status"), name);
  const plain: JsonName<"repeaterId"> = "repeaterId";
  assert.equal(jsonName("repeaterId"), plain);
});

test("enums have numbers by name and names by number", () => {
  assert.equal(disablementCode.BLOCKED_AREA, 16);
  assert.equal(outageCause.NO_SCHEDULE, 4);
  assert.equal(enumValueName("SpaceX.API.Device.DishOutage.Cause", 6), "OBSTRUCTED");
  assert.equal(enumValueName("SpaceX.API.Device.DishOutage.Cause", 12), null);
  assert.throws(() => enumOf("SpaceX.API.Device.Nothing" as "SpaceX.API.Device.User"), RangeError);
});
