// SPDX-License-Identifier: MIT
import { z } from "zod";

/** Items of one page, where an operation has no `limit`. */
export const PAGE_SIZE = 100;

/** The query member of paged operations. */
export const pageQuery = z.object({
  page: z.number().int().min(0).max(1_000_000).default(0).meta({ description: "From 0" }),
});

/** A page of results, as the API has it. */
export interface Page<T> {
  readonly pageIndex: number;
  readonly limit: number;
  readonly isLastPage: boolean;
  readonly totalCount: number;
  readonly results: T[];
}

/** One page of a list; past its end, an empty last one. */
export function pageOf<T>(items: readonly T[], pageIndex: number, limit: number = PAGE_SIZE): Page<T> {
  const from = pageIndex * limit;
  return {
    pageIndex,
    limit,
    isLastPage: from + limit >= items.length,
    totalCount: items.length,
    results: items.slice(from, from + limit),
  };
}

/** The schema of a page. @param id the name of the item's schema in the OpenAPI document */
export function paged<T extends z.ZodType>(item: T, id: string) {
  return z
    .object({
      pageIndex: z.number().int(),
      limit: z.number().int(),
      isLastPage: z.boolean(),
      totalCount: z.number().int(),
      results: z.array(item),
    })
    .meta({ id: `${id}Paginated` });
}
