// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { decode, encode } from "../codec/codec.ts";
import { peerRegistry } from "../codec/testing/peer.ts";
import type { MessageOf } from "../schema/message.ts";
import { importClosure } from "./descriptor.ts";
import { answerReflection, services } from "./reflection.ts";
import { filesContaining } from "./symbols.ts";

type Request = MessageOf<"grpc.reflection.v1.ServerReflectionRequest">;

function ask(request: Request, sent?: Set<string>): MessageOf<"grpc.reflection.v1.ServerReflectionResponse"> {
  const bytes = encode("grpc.reflection.v1.ServerReflectionRequest", request);
  const answers = (["v1", "v1alpha"] as const).map(dialect =>
    answerReflection(bytes, dialect, sent && new Set(sent)),
  );
  assert.deepEqual(answers[0], answers[1], "both dialects have the same bytes");
  const answer = decode("grpc.reflection.v1.ServerReflectionResponse", answerReflection(bytes, "v1", sent));
  assert.ok(answer.ok);
  return answer.value;
}

const filesOf = (request: Request, sent?: Set<string>): string[] =>
  ask(request, sent).fileDescriptorResponse!.fileDescriptorProto!.map(
    bytes => fromBinary(FileDescriptorProtoSchema, bytes).name,
  );

test("the bytes of a list of services are those of the public protocol", () => {
  // list_services = 7, empty: the request that clients begin with.
  const answer = Buffer.from(answerReflection(Uint8Array.of(0x3a, 0), "v1alpha"));
  assert.equal(answer.subarray(0, 4).toString("hex"), "12023a00");
  // list_services_response = 6, service = 1, name = 1.
  assert.equal(answer[4], 0x32);
  assert.ok(answer.includes(Buffer.from("SpaceX.API.Device.Device")));
});

test("every listed service resolves, and every symbol of its messages", () => {
  const listed = ask({ listServices: "" }).listServicesResponse!.service!.map(({ name }) => name!);
  assert.deepEqual(listed, services);
  assert.deepEqual(listed, [
    "SpaceX.API.Device.Device",
    "SpaceX.API.Device.Mesh",
    "SpaceX.API.Device.Services.Unlock.UnlockService",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
  ]);
  for (const name of listed) {
    const [path] = filesOf({ fileContainingSymbol: name });
    assert.equal(`${peerRegistry.getService(name)!.file.name}.proto`, path);
  }
  for (const type of peerRegistry) {
    if (type.kind === "extension" || (type.kind === "message" && type.proto.options?.mapEntry)) continue;
    const symbols = [type.typeName];
    if (type.kind === "message") {
      symbols.push(...type.fields.map(({ name }) => `${type.typeName}.${name}`));
      symbols.push(...type.oneofs.map(({ name }) => `${type.typeName}.${name}`));
    } else if (type.kind === "enum") {
      const scope = type.typeName.slice(0, type.typeName.lastIndexOf("."));
      symbols.push(...type.values.map(({ name }) => `${scope}.${name}`));
    } else symbols.push(...type.methods.map(({ name }) => `${type.typeName}.${name}`));
    for (const symbol of symbols)
      assert.deepEqual(filesContaining(symbol), [`${type.file.name}.proto`], symbol);
  }
});

test("a file comes with what it imports, once per stream", () => {
  const whole = filesOf({ fileByFilename: "spacex_api/device/transceiver.proto" });
  assert.deepEqual(whole, importClosure("spacex_api/device/transceiver.proto"));
  const sent = new Set<string>();
  assert.deepEqual(filesOf({ fileByFilename: "spacex_api/device/dish.proto" }, sent), whole.slice(1));
  assert.deepEqual(filesOf({ fileByFilename: "spacex_api/device/transceiver.proto" }, sent), [whole[0]]);
  assert.deepEqual(filesOf({ fileByFilename: "spacex_api/device/dish.proto" }, sent), [whole[1]]);
});

test("the request comes back with its answer", () => {
  const request = { host: "dish", fileByFilename: "google/protobuf/wrappers.proto" };
  const answer = ask(request);
  assert.equal(answer.validHost, "dish");
  assert.deepEqual(answer.originalRequest, request);
});

test("what is not there is not found, and what is no request is refused", () => {
  const codeOf = (request: Request) => ask(request).errorResponse?.errorCode;
  assert.equal(codeOf({ fileByFilename: "spacex/api/device/device.proto" }), 5);
  assert.equal(codeOf({ fileByFilename: "google/protobuf/descriptor.proto" }), 5);
  assert.equal(codeOf({ fileContainingSymbol: "SpaceX.API.Device.Nothing" }), 5);
  assert.equal(codeOf({ fileContainingSymbol: "" }), 5);
  assert.equal(codeOf({ fileContainingSymbol: "constructor" }), 5);
  const containingType = "SpaceX.API.Device.Request";
  assert.equal(codeOf({ fileContainingExtension: { containingType, extensionNumber: 1 } }), 5);
  assert.equal(codeOf({ allExtensionNumbersOfType: "SpaceX.API.Device.Nothing" }), 5);
  assert.deepEqual(ask({ allExtensionNumbersOfType: containingType }).allExtensionNumbersResponse, {
    baseTypeName: containingType,
  });
  assert.equal(codeOf({}), 3);
  const broken = decode(
    "grpc.reflection.v1.ServerReflectionResponse",
    answerReflection(Uint8Array.of(0x3a, 9), "v1"),
  );
  assert.equal(broken.ok && broken.value.errorResponse?.errorCode, 3);
  const long = encode("grpc.reflection.v1.ServerReflectionRequest", { host: "x".repeat(1 << 20) });
  const endless = answerReflection(long, "v1");
  assert.ok(endless.length < 200);
});
