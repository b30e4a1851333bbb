// SPDX-License-Identifier: MIT
// For tests only: @bufbuild/protobuf, told the schema by our own descriptors, as a second implementation.
import {
  create,
  createFileRegistry,
  type DescField,
  type DescMessage,
  fromBinary,
  type Message,
  ScalarType,
  toBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { fileDescriptor } from "../../reflection/descriptor.ts";
import { servedFiles } from "../../schema/files.ts";
import type { AnyValue } from "./random-value.ts";

/** Everything that the server describes, as the peer understands it. */
export const peerRegistry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: servedFiles.map(({ path }) => fromBinary(FileDescriptorProtoSchema, fileDescriptor(path)!)),
  }),
);

/** The peer's view of a message type. */
export function peerType(name: string): DescMessage {
  const found = peerRegistry.getMessage(name);
  if (found === undefined) throw new RangeError(`the peer knows no ${name}`);
  return found;
}

/** The peer's bytes of a value of ours. */
export function peerEncode(name: string, value: AnyValue): Uint8Array {
  return toBinary(peerType(name), toPeer(peerType(name), value));
}

/** Bytes as the peer reads and writes them, without what it does not know. Throws what the peer throws. */
export function peerRoundTrip(name: string, bytes: Uint8Array): Uint8Array {
  const type = peerType(name);
  return toBinary(type, fromBinary(type, bytes, { readUnknownFields: false }));
}

function toPeer(type: DescMessage, value: AnyValue): Message {
  const members: AnyValue = {};
  for (const field of type.fields) {
    const member = value[field.jsonName];
    if (member === undefined) continue;
    const theirs = fieldToPeer(field, member);
    if (field.oneof === undefined) members[field.localName] = theirs;
    else members[field.oneof.localName] = { case: field.localName, value: theirs };
  }
  return create(type, members);
}

function fieldToPeer(field: DescField, member: unknown): unknown {
  if (field.fieldKind === "list") {
    const items = Array.from(member as ArrayLike<unknown>);
    return field.listKind === "message" ? items.map(item => toPeer(field.message, item as AnyValue)) : items;
  }
  if (field.fieldKind === "map") {
    const entries = [...(member as ReadonlyMap<string | number, unknown>)];
    return Object.fromEntries(
      field.mapKind === "message"
        ? entries.map(([key, item]) => [key, toPeer(field.message, item as AnyValue)])
        : entries,
    );
  }
  if (field.fieldKind !== "message") return member;
  // The peer keeps the wrapped scalars of google/protobuf/wrappers.proto bare.
  if (!/^google\.protobuf\.\w+Value$/.test(field.message.typeName))
    return toPeer(field.message, member as AnyValue);
  const { scalar } = field.message.field["value"]!;
  return (member as AnyValue)["value"] ?? bareZero(scalar!);
}

function bareZero(scalar: ScalarType): unknown {
  if (scalar === ScalarType.STRING) return "";
  if (scalar === ScalarType.BYTES) return new Uint8Array(0);
  if (scalar === ScalarType.BOOL) return false;
  return scalar === ScalarType.INT64 || scalar === ScalarType.UINT64 ? 0n : 0;
}
