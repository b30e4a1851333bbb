// SPDX-License-Identifier: MIT
import { createFileRegistry, type DescService, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type CallOptions, type Client, createClient, type Transport } from "@connectrpc/connect";
import { fileDescriptor } from "../../reflection/descriptor.ts";

/** A message of a client that knows the schema from reflection alone: members by their JSON names. */
export type Loose = Readonly<Record<string, unknown>>;

/** The methods of a client as functions of such messages. */
export interface LooseClient {
  handle(request: Loose, options?: CallOptions): Promise<Loose>;
  stream(requests: AsyncIterable<Loose>, options?: CallOptions): AsyncIterable<Loose>;
}

/** A client of a service in a registry. The casts stand for what generated code would know. */
export function looseClient<T>(registry: FileRegistry, service: string, transport: Transport): T {
  const described: DescService | undefined = registry.getService(service);
  if (described === undefined) throw new Error(`no service ${service}`);
  return createClient(described, transport) as Client<DescService> as unknown as T;
}

/** Learns the schema from a server, as clients without compiled schemas do. */
export async function reflect(transport: Transport, version: "v1" | "v1alpha"): Promise<FileRegistry> {
  const own = registryOf([fileDescriptor(`grpc/reflection/${version}/reflection.proto`)!]);
  const client = looseClient<{ serverReflectionInfo(r: AsyncIterable<Loose>): AsyncIterable<Loose> }>(
    own,
    `grpc.reflection.${version}.ServerReflection`,
    transport,
  );
  const files = new Map<string, Uint8Array>();
  async function* requests(): AsyncGenerator<Loose> {
    yield { messageRequest: { case: "listServices", value: "" } };
    yield { messageRequest: { case: "fileContainingSymbol", value: "SpaceX.API.Device.Device" } };
    yield {
      messageRequest: {
        case: "fileContainingSymbol",
        value: "SpaceX.API.Device.Services.Unlock.UnlockService",
      },
    };
  }
  for await (const response of client.serverReflectionInfo(requests())) {
    const { case: kind, value } = response.messageResponse as { case: string; value: Loose };
    if (kind !== "fileDescriptorResponse") continue;
    for (const bytes of value.fileDescriptorProto as Uint8Array[]) {
      files.set(fromBinary(FileDescriptorProtoSchema, bytes).name, bytes);
    }
  }
  return registryOf([...files.values()]);
}

/** A registry of files in any order. */
export function registryOf(files: readonly Uint8Array[]): FileRegistry {
  const set = { file: files.map(bytes => fromBinary(FileDescriptorProtoSchema, bytes)) };
  const byName = new Map(set.file.map(file => [file.name, file]));
  const sorted = new Set<(typeof set.file)[number]>();
  const visit = (file: (typeof set.file)[number]): void => {
    if (sorted.has(file)) return;
    for (const name of file.dependency) {
      const needed = byName.get(name);
      if (needed !== undefined) visit(needed);
    }
    sorted.add(file);
  };
  for (const file of set.file) visit(file);
  return createFileRegistry({ $typeName: FileDescriptorSetSchema.typeName, file: [...sorted] });
}
