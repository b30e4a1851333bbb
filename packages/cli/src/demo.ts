// SPDX-License-Identifier: MIT
import { fileURLToPath } from "node:url";

/** The scenario that a first start shows. */
export const demoScenario = fileURLToPath(new URL("../../../demo/scenario.json", import.meta.url));

/** Where the build puts the console. */
export const consoleFolder = fileURLToPath(new URL("../../console/dist-web", import.meta.url));
