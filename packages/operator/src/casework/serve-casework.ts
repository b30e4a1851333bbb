// SPDX-License-Identifier: MIT
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { serveCases } from "../api/cases.ts";
import { serveCaseReports } from "../api/cases-public.ts";
import { serveCaseSignals } from "../api/cases-signals.ts";
import { serveIntake } from "../api/intake.ts";
import type { OperatorContext } from "../context.ts";
import { type LandCells, loadLandCells } from "../public/land-cells.ts";
import { PublicMap } from "../public/public-map.ts";
import { CaseDocuments } from "./case-documents.ts";
import { IntakeReader } from "./intake-reader.ts";

/** Intake and casework over HTTP. All of it reads documents with one reader and looks at one map. */
export function serveCasework(server: FastifyInstance, operator: OperatorContext): void {
  const { authority, config } = operator;
  const reader = new IntakeReader();
  const load = (viewId: string): Promise<LandCells> =>
    loadLandCells({ folder: join(config.data, "map"), viewId });
  let land: { readonly viewId: string; readonly cells: Promise<LandCells> } | null = null;
  const landNow = (): Promise<LandCells> => {
    const viewId = authority.policy.boundaryView;
    if (land?.viewId !== viewId) {
      const cells = load(viewId);
      land = { viewId, cells };
      // A failure is not kept: the next question tries again.
      cells.catch(() => {
        land = null;
      });
    }
    return land.cells;
  };
  serveIntake(server, reader);
  serveCases(server, operator, new CaseDocuments(operator, reader));
  serveCaseSignals(server, operator, { map: new PublicMap(authority, landNow), land: landNow });
  serveCaseReports(server, operator);
}
