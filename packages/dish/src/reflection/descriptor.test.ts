// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBinary, ScalarType, toBinary } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { peerRegistry } from "../codec/testing/peer.ts";
import { terminalFiles } from "../schema/files.ts";
import { fileDescriptor, importClosure } from "./descriptor.ts";

const described = (path: string): FileDescriptorProto =>
  fromBinary(FileDescriptorProtoSchema, fileDescriptor(path)!);

test("descriptors of Google's files are protoc's", () => {
  for (const theirs of [file_google_protobuf_timestamp, file_google_protobuf_wrappers]) {
    const path = `${theirs.name}.proto`;
    const ours = described(path);
    // The peer's copies come without comments and without JSON names that follow from the names.
    for (const message of ours.messageType) for (const field of message.field) field.jsonName = "";
    for (const message of theirs.proto.messageType) for (const field of message.field) field.jsonName = "";
    assert.deepEqual(
      Buffer.from(toBinary(FileDescriptorProtoSchema, ours)).toString("hex"),
      Buffer.from(toBinary(FileDescriptorProtoSchema, theirs.proto)).toString("hex"),
      path,
    );
  }
});

test("the second implementation finds 344 messages, 75 enums and 5 rpcs in the terminal's files", () => {
  const count = { messages: 0, fields: 0, enums: 0, rpcs: 0 };
  const paths = new Set(terminalFiles.map(({ path }) => path));
  for (const type of peerRegistry) {
    if (!paths.has(`${type.kind === "extension" ? "" : type.file.name}.proto`)) continue;
    if (type.kind === "message") {
      if (type.proto.options?.mapEntry === true) continue;
      count.messages += 1;
      count.fields += type.fields.length;
    } else if (type.kind === "enum") count.enums += 1;
    else if (type.kind === "service") count.rpcs += type.methods.length;
  }
  // 342 messages with 2,143 fields, and the toggle of modes of 2026.07: two messages, four fields.
  assert.deepEqual(count, { messages: 344, fields: 2147, enums: 75, rpcs: 5 });
});

test("rpcs are described as unary or streaming both ways", () => {
  const kinds = [...peerRegistry].flatMap(type =>
    type.kind === "service" ? type.methods.map(({ name, methodKind }) => [name, methodKind]) : [],
  );
  assert.deepEqual(Object.fromEntries(kinds), {
    MeshStream: "bidi_streaming",
    StartUnlock: "unary",
    FinishUnlock: "unary",
    Stream: "bidi_streaming",
    Handle: "unary",
    ServerReflectionInfo: "bidi_streaming",
  });
});

test("stricter readers than the second implementation find nothing to refuse", () => {
  const declared = new Map<string, string>();
  const declare = (symbol: string, by: string): void => {
    assert.equal(declared.get(symbol), undefined, `${symbol} is declared twice`);
    declared.set(symbol, by);
  };
  const scopeOf = (name: string) => name.slice(0, name.lastIndexOf("."));
  for (const type of peerRegistry) {
    if (type.kind === "extension") continue;
    declare(type.typeName, type.file.name);
    if (type.kind === "enum") {
      for (const { name } of type.values) declare(`${scopeOf(type.typeName)}.${name}`, type.file.name);
      assert.equal(type.values[0]!.number, 0, `${type.typeName} begins with another number than zero`);
    }
    if (type.kind !== "message") continue;
    for (const { name } of [...type.fields, ...type.oneofs])
      declare(`${type.typeName}.${name}`, type.file.name);
    const jsonNames = new Set(type.fields.map(field => field.jsonName));
    assert.equal(jsonNames.size, type.fields.length, `${type.typeName} has two fields of one JSON name`);
    // A type must come from the file itself or from one that it imports, not from further away.
    const near = new Set([type.file.name, ...type.file.dependencies.map(({ name }) => name)]);
    for (const field of type.fields) {
      const used = field.message ?? field.enum;
      if (used !== undefined) assert.ok(near.has(used.file.name), `${type.typeName}.${field.name}`);
    }
  }
  assert.ok(declared.size > 2_500, `${declared.size} symbols`);
});

test("only floats are listed as Float32Array: no list of doubles is hidden in the table", () => {
  for (const type of peerRegistry) {
    if (type.kind !== "message") continue;
    for (const field of type.fields) {
      if (field.fieldKind === "list" && field.listKind === "scalar") {
        assert.notEqual(field.scalar, ScalarType.DOUBLE, `${type.typeName}.${field.name}`);
      }
    }
  }
});

test("maps, oneofs, presence, deprecation and reserved ranges are described", () => {
  const status = peerRegistry.getMessage("SpaceX.API.Device.DishGetStatusResponse")!;
  const routers = status.field["downstreamRouters"]!;
  assert.ok(routers.fieldKind === "map" && routers.mapKey === ScalarType.STRING);
  assert.equal(routers.message?.typeName, "SpaceX.API.Device.RouterInfo");
  assert.equal(routers.proto.label, FieldDescriptorProto_Label.REPEATED);
  assert.deepEqual(
    status.proto.reservedRange.map(({ start, end }) => [start, end]),
    [
      [1001, 1002],
      [1006, 1007],
      [1013, 1014],
      [1046, 1047],
      [1047, 1048],
    ],
  );
  const causes = peerRegistry.getEnum("SpaceX.API.Device.DishOutage.Cause")!;
  assert.deepEqual(
    causes.proto.reservedRange.map(({ start, end }) => [start, end]),
    [[12, 12]],
  );
  const update = peerRegistry.getMessage("SpaceX.API.Device.UpdateRequest")!;
  assert.deepEqual(
    update.proto.field.map(field => [field.name, field.proto3Optional]),
    update.proto.field.map(field => [field.name, field.name === "schedule_reboot"]),
  );
  assert.deepEqual(
    update.proto.oneofDecl.map(({ name }) => name),
    ["_schedule_reboot"],
  );
  const request = peerRegistry.getMessage("SpaceX.API.Device.Request")!;
  assert.deepEqual(
    request.oneofs.map(({ name, fields }) => [name, fields.length]),
    [["request", request.fields.length - 3]],
  );
  const map = peerRegistry.getMessage("SpaceX.API.Device.DishGetObstructionMapResponse")!;
  assert.deepEqual(
    map.fields.filter(field => field.deprecated).map(({ name }) => name),
    ["min_elevation_deg"],
  );
});

test("the closure of a file has each file once, before those that it imports", () => {
  const closure = importClosure("spacex_api/device/device.proto");
  assert.equal(closure[0], "spacex_api/device/device.proto");
  assert.equal(new Set(closure).size, closure.length);
  for (const [k, path] of closure.entries()) {
    for (const needed of described(path).dependency)
      assert.ok(closure.indexOf(needed) > k, `${path} ${needed}`);
  }
  assert.deepEqual(
    [...closure].sort(),
    terminalFiles.map(({ path }) => path).sort(),
    "device.proto needs all of the others",
  );
  assert.deepEqual(importClosure("spacex/api/device/device.proto"), []);
  assert.equal(fileDescriptor("spacex/api/device/device.proto"), null);
});
