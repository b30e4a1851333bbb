// SPDX-License-Identifier: MIT
import { type BoundaryView, boundaryViews } from "@perigee/earth";

/** Every boundary view that this operator can draw and decide by. */
export const views: readonly BoundaryView[] = Object.values(boundaryViews);

/** The boundary view with an id; `undefined` when there is none. */
export const viewById = (id: string): BoundaryView | undefined => views.find(view => view.id === id);
