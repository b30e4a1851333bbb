// SPDX-License-Identifier: MIT
// The inside of a thread in Node.
import { parentPort } from "node:worker_threads";
import { createServer, type Request } from "./serve.ts";

const serve = createServer();
parentPort?.on("message", (request: Request) => parentPort?.postMessage(serve(request)));
