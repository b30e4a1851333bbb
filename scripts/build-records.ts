// SPDX-License-Identifier: MIT
// Makes the image that every new database is a copy of; does nothing where it is there.
import { buildEmptyCluster } from "../packages/operator/src/storage/empty-cluster.ts";

await buildEmptyCluster();
