// SPDX-License-Identifier: MIT
import { parentPort, workerData } from "node:worker_threads";
import { openDocument, readReports, type SourceDocument } from "@perigee/intake";
import type { ReadingAnswer, ReadingOrder } from "./intake-messages.ts";

const { documents } = workerData as ReadingOrder;

async function answer(): Promise<ReadingAnswer> {
  const opened: SourceDocument[] = [];
  for (const raw of documents) {
    const document = await openDocument(raw);
    if (!document.ok) return document;
    opened.push(document.value);
  }
  return readReports(opened);
}

parentPort!.postMessage(await answer());
