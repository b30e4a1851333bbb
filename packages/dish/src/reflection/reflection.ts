// SPDX-License-Identifier: MIT
import { codecOf } from "../codec/codec.ts";
import { servedFiles } from "../schema/files.ts";
import type { MessageOf } from "../schema/message.ts";
import { fileDescriptor, importClosure } from "./descriptor.ts";
import { extendableTypes, filesContaining } from "./symbols.ts";

/** Which of the two packages of server reflection a client speaks; messages and numbers are the same. */
export type ReflectionDialect = "v1" | "v1alpha";

type Answer = MessageOf<"grpc.reflection.v1.ServerReflectionResponse">;

const requests = {
  v1: codecOf("grpc.reflection.v1.ServerReflectionRequest"),
  v1alpha: codecOf("grpc.reflection.v1alpha.ServerReflectionRequest"),
};
const responses = {
  v1: codecOf("grpc.reflection.v1.ServerReflectionResponse"),
  v1alpha: codecOf("grpc.reflection.v1alpha.ServerReflectionResponse"),
};

/** Codes of google.rpc.Code as answers of reflection carry them. */
const invalidArgument = 3;
const notFound = 5;

/** Longest request that is looked at: the longest name of the schema has 90 characters. */
const maxRequestBytes = 16_384;

/** Full names of all services that the server offers, in the order of the alphabet. */
export const services: readonly string[] = servedFiles
  .flatMap(file => Object.keys(file.services ?? {}).map(name => `${file.package}.${name}`))
  .sort();

/**
 * One request of `ServerReflectionInfo` and its answer (grpc.io, "Reflection"). A file comes with all files that it
 * needs, as grpc-go sends it.
 *
 * @param sent paths of the files that this stream has sent; they are not sent again unless asked for by themselves.
 *   Kept by the caller, one set per stream; without it every answer is complete.
 */
export function answerReflection(
  requestBytes: Uint8Array,
  dialect: ReflectionDialect,
  sent?: Set<string>,
): Uint8Array<ArrayBuffer> {
  const request = requests[dialect].decode(requestBytes, { maxBytes: maxRequestBytes });
  if (!request.ok) return responses[dialect].encode(refusal(invalidArgument, request.error.message));
  const { value } = request;
  return responses[dialect].encode({
    validHost: value.host,
    originalRequest: value,
    ...answer(value, sent),
  });
}

function answer(
  request: MessageOf<"grpc.reflection.v1.ServerReflectionRequest">,
  sent?: Set<string>,
): Answer {
  const { fileByFilename, fileContainingSymbol, fileContainingExtension, allExtensionNumbersOfType } =
    request;
  if (request.listServices !== undefined) {
    return { listServicesResponse: { service: services.map(name => ({ name })) } };
  }
  if (fileByFilename !== undefined) {
    return files(fileByFilename, sent) ?? refusal(notFound, `no file ${fileByFilename}`);
  }
  if (fileContainingSymbol !== undefined) {
    const path = filesContaining(fileContainingSymbol)[0];
    return (
      (path === undefined ? null : files(path, sent)) ??
      refusal(notFound, `no symbol ${fileContainingSymbol}`)
    );
  }
  if (fileContainingExtension !== undefined) {
    const { containingType = "", extensionNumber = 0 } = fileContainingExtension;
    return refusal(notFound, `no extension ${extensionNumber} of ${containingType}`);
  }
  if (allExtensionNumbersOfType !== undefined) {
    // proto3 messages have no extensions, but a type that exists has a list of none.
    return extendableTypes.has(allExtensionNumbersOfType)
      ? { allExtensionNumbersResponse: { baseTypeName: allExtensionNumbersOfType } }
      : refusal(notFound, `no type ${allExtensionNumbersOfType}`);
  }
  return refusal(invalidArgument, "the request asks for nothing that is known");
}

function refusal(errorCode: number, errorMessage: string): Answer {
  return { errorResponse: { errorCode, errorMessage } };
}

function files(path: string, sent?: Set<string>): Answer | null {
  const closure = importClosure(path);
  if (closure.length === 0) return null;
  const fileDescriptorProto = closure
    .filter((needed, k) => k === 0 || sent?.has(needed) !== true)
    .map(needed => fileDescriptor(needed)!);
  if (sent !== undefined) for (const needed of closure) sent.add(needed);
  return { fileDescriptorResponse: { fileDescriptorProto } };
}
