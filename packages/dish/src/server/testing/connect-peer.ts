// SPDX-License-Identifier: MIT
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { type DescMethodUnary, fromBinary, type Message } from "@bufbuild/protobuf";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { fileDescriptor, importClosure } from "../../reflection/descriptor.ts";
import { registryOf } from "./reflected.ts";

/**
 * The same service by connect-node, to be compared with: it decodes every request and encodes the same answers.
 *
 * @param answers bytes of a `Response`, by the JSON name of the request's member
 */
export async function startConnectPeer(answers: ReadonlyMap<string, Uint8Array>): Promise<number> {
  const paths = importClosure("spacex_api/device/device.proto");
  const registry = registryOf(paths.map(path => fileDescriptor(path)!));
  const service = registry.getService("SpaceX.API.Device.Device")!;
  const response = registry.getMessage("SpaceX.API.Device.Response")!;
  const said = new Map([...answers].map(([name, bytes]) => [name, fromBinary(response, bytes)]));
  const server = createServer(
    connectNodeAdapter({
      routes: router => {
        router.rpc(service.method.handle as DescMethodUnary, request => {
          const { case: name } = (request as Message & { request: { case: string } }).request;
          return said.get(name)!;
        });
      },
    }),
  );
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
