// SPDX-License-Identifier: MIT
/// <reference types="vite/client" />

/** Address of the land polygons; set by the build. */
declare const __LAND_URL__: string;
