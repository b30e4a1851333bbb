// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { lineNumberOf, wireIdentityOf } from "../../wire-ids.ts";
import { terminalResponse, terminalView } from "./terminal-view.ts";

const names = z.array(z.string().max(64)).optional();

export const listTerminals = operation({
  operationId: "listUserTerminals",
  method: "GET",
  path: "/public/v2/user-terminals",
  summary: "Terminals of the account, with service or without",
  tag: "user-terminals",
  permission: { feature: "DeviceManagement", level: "View" },
  query: pageQuery.extend({
    serviceLineNumbers: names,
    userTerminalIds: names,
    hasServiceLine: z.boolean().optional(),
    searchString: z.string().max(200).optional(),
  }),
  content: paged(terminalResponse, "UserTerminalResponseV2"),
  handle({ account, fleet, query }) {
    const { hasServiceLine, page } = query;
    const lines = query.serviceLineNumbers === undefined ? null : new Set(query.serviceLineNumbers);
    const ids = query.userTerminalIds === undefined ? null : new Set(query.userTerminalIds);
    const searched = query.searchString?.toLowerCase();
    const terminals = fleet.operator.authority.book.about("terminal", account.id).filter(terminal => {
      if (terminal.accountId !== account.id) return false;
      const { serviceLineId, name } = terminal;
      if (hasServiceLine !== undefined && (serviceLineId !== null) !== hasServiceLine) return false;
      if (lines !== null && (serviceLineId === null || !lines.has(lineNumberOf(serviceLineId)))) return false;
      if (ids === null && searched === undefined) return true;
      const { userTerminalId, kitNumber, dishSerial } = wireIdentityOf(terminal);
      if (ids !== null && !ids.has(userTerminalId)) return false;
      const words = [name, userTerminalId, kitNumber, dishSerial].join("\n").toLowerCase();
      return searched === undefined || words.includes(searched);
    });
    const found = pageOf(terminals, page);
    return answered({ ...found, results: found.results.map(terminal => terminalView(fleet, terminal)) });
  },
});
