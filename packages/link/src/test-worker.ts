// SPDX-License-Identifier: MIT
// A data plane thread as an operator would write it, for link-host.test.ts.
import { parentPort } from "node:worker_threads";
import { hostLinkEngine } from "./link-host.ts";
import { acceptLease } from "./test-bed.ts";

if (parentPort === null) throw new Error("to be run as a worker");
hostLinkEngine(parentPort, { verifyLease: acceptLease });
