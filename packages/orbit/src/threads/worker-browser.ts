// SPDX-License-Identifier: MIT
// The inside of a thread in a browser.
import { createServer, type Reply, type Request } from "./serve.ts";

const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: Request }) => void;
  postMessage(message: unknown): void;
};
const serve = createServer();
scope.onmessage = event => scope.postMessage(serve(event.data));
const ready: Reply = { ok: true, fullModelCount: 0 };
scope.postMessage(ready);
