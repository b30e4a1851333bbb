// SPDX-License-Identifier: MIT

/**
 * `@perigee/network`: satellites and ground in, a slot plan out. Pure: no clock, no I/O; every draw comes from a seed.
 *
 * @packageDocumentation
 */
export {
  accessTiming,
  handoverGap,
  oneWayAt,
  plannedRttMs,
  waitProbability,
  waitQuantileMs,
} from "./access.ts";
// Beams and cells.
export {
  type BeamInputs,
  type BeamPlanner,
  type BeamPlannerOptions,
  createBeamPlanner,
  type RouteFinder,
} from "./beams/beam-planner.ts";
export { type BeamSatellites, beamSatellites } from "./beams/beam-satellites.ts";
export {
  type BeamPlan,
  CELL_REASONS,
  type CellDemand,
  type CellPlan,
  type CellReason,
  type Contacts,
  type DemandClass,
  NO_ROUTE,
  type Outage,
  type PlanInputs,
  type RouteTree,
  SHARE_PARTS,
} from "./beams/cell-plan.ts";
export { decodeCellPlan, encodeCellPlan, planDigest } from "./beams/cell-plan-bytes.ts";
export type { CellPlanError, CellPlanErrorCode, CellPlanResult } from "./beams/cell-plan-check.ts";
export { type CellChange, type CellService, diffCellPlans, serviceOfCell } from "./beams/cell-plan-diff.ts";
export { cellPlanFromJson, cellPlanToJson } from "./beams/cell-plan-json.ts";
export { type Candidate, score } from "./beams/score.ts";
// Capacity.
export { allocate } from "./capacity/allocate.ts";
export {
  type Allocation,
  BOTTLENECKS,
  type Bottleneck,
  type ClassAllocation,
  type Direction,
  type DirectionTotals,
  type Loads,
  type TrafficPlan,
} from "./capacity/allocation.ts";
export {
  type BusyLink,
  busiestLinks,
  capacityByGateway,
  capacityByPop,
  capacityBySatellite,
  type GatewayCapacity,
  type PopCapacity,
  type SatelliteCapacity,
} from "./capacity/capacity-tables.ts";
export { type Certificate, certify, type Violation } from "./capacity/certify.ts";
export {
  type CellRain,
  type ChannelRater,
  type ChannelRates,
  createChannelRater,
} from "./capacity/channel-rates.ts";
export { type CellLoads, cellLoads, fairLevel, loadedLink, type NamedUser } from "./capacity/link-load.ts";
export {
  type CongestionPrices,
  congestionPrices,
  defaultPricePolicy,
  laserPricesByRow,
  type PricePolicy,
  pricesByContact,
} from "./capacity/prices.ts";
export { defaultQueuePolicy, missProbabilityAt, type QueuePolicy, queueMs } from "./capacity/queueing.ts";
export { type NetworkRates, type RatePair, type SatelliteRates, satelliteRates } from "./capacity/rates.ts";
// Demand.
export { DAY_CURVE, dayFactor, solarHour } from "./demand/day-curve.ts";
export { defaultDemand, demandOf, type TrafficOptions } from "./demand/default-demand.ts";
export { addDemand, DEMAND_CLASSES, demandVersion } from "./demand/demand-classes.ts";
export { DEMAND_CSV_BOUNDS, formatDemandCsv, parseDemandCsv } from "./demand/demand-csv.ts";
export type { DemandError, DemandErrorCode, DemandResult } from "./demand/demand-error.ts";
export {
  type CellLimitPolicy,
  defaultCellLimit,
  type ServiceStatus,
  type SubscriberOptions,
  serviceStatus,
  subscriberLimit,
  subscribersOf,
  WORLD_CUSTOMERS,
} from "./demand/subscribers.ts";
export { terminalDemand } from "./demand/terminal-demand.ts";
export { elementsVersion } from "./elements-version.ts";
export { parsePowerBudgets } from "./energy/parse-power.ts";
export { chargeAfter, drawW, POWER_BUDGETS, type PowerBudget, type PowerUse } from "./energy/power-budget.ts";
export { createFleetMotion, type FleetMotion, type FleetState } from "./fleet-motion.ts";
// Ground.
export { bandIndex, GATEWAY_BANDS, type GatewayBandPlan, shareAfterFade } from "./ground/bands.ts";
export {
  type ContactNetwork,
  type ContactPlanner,
  type ContactSlot,
  type ContactWeights,
  createContactPlanner,
  defaultContactWeights,
  type GatewayContacts,
  type GatewayFade,
  type PathFade,
} from "./ground/contacts.ts";
export { feedHomeAssignments } from "./ground/feed-homes.ts";
export { GROUND_BOUNDS, type GroundError, type GroundResult } from "./ground/ground-error.ts";
export { assignHomes, type HomeAssignments, parseHomeAssignments } from "./ground/home-assignments.ts";
export { createHomeTable, type HomeTable } from "./ground/home-table.ts";
export { formatGroundSegment, parseGroundSegment } from "./ground/parse-ground.ts";
export { gatewayFade, type RainRateAt, userRainDb } from "./ground/rain-fade.ts";
export {
  builtInGround,
  type Gateway,
  type GroundSegment,
  nearestHomePop,
  type Pop,
} from "./ground-segment.ts";
export { type GsoArc, gsoArc, gsoSeparationDeg, tooNearGso } from "./gso.ts";
export type { HomePops } from "./home-pops.ts";
export {
  DOWNLINK,
  downlinkChannelMbps,
  downlinkCn0DbHz,
  freeSpaceLossDb,
  type LinkGeometry,
  MCS_TABLE,
  type Mcs,
  mcsFor,
  siteRates,
  UPLINK,
  uplinkChannelMbps,
  uplinkCn0DbHz,
} from "./link-budget.ts";
export type {
  AccessTiming,
  HandoverGap,
  LinkLoad,
  LinkState,
  PathHop,
  PathNode,
} from "./link-state.ts";
export { type LinkInputs, linkStateOf } from "./link-state-of.ts";
export {
  createNetwork,
  type Network,
  type NetworkOptions,
  type SlotAnswer,
  type SlotMemory,
  type SlotQuestion,
  serviceByOrbit,
} from "./network.ts";
export {
  type GatewayBand,
  GENERATIONS,
  type Generation,
  type GenerationId,
  generation,
  generationsOf,
} from "./payload.ts";
export {
  type CellsRequest,
  type CellsServing,
  createPlanner,
  type PlannedCells,
  type Planner,
  type PlannerOptions,
} from "./plan.ts";
export {
  type BeamPolicy,
  calmPolicy,
  defaultPolicy,
  type HomePolicy,
  type LinkPolicy,
  type Policy,
  type RoutePolicy,
  type SchedulerPolicy,
  type ScoreWeights,
} from "./policy.ts";
// Lasers and routes.
export {
  type City,
  type CityNetwork,
  type CityNetworkOptions,
  type CityShell,
  cityRttMs,
  createCityNetwork,
  createForwardingState,
  type ForwardingState,
  forwardingPath,
  NO_WAY,
} from "./routing/city-network.ts";
export { type Attachment, flatEarthRangeKm, type GroundLinks, type Reach } from "./routing/city-reach.ts";
export {
  createDisjointPaths,
  type Disjoint,
  type DisjointPath,
  type DisjointPaths,
  MAX_DISJOINT,
} from "./routing/disjoint-paths.ts";
export { type Repointing, repointLasers } from "./routing/dynamic-lasers.ts";
export { type FastReroute, fastReroute } from "./routing/fast-reroute.ts";
export { type GridShellSpec, gridLinks, gridShell } from "./routing/grid-shell.ts";
export {
  type LaserRules,
  LIGHT_KM_PER_MS,
  laserKm,
  laserLengths,
  trackingDegPerS,
} from "./routing/laser-geometry.ts";
export { type LaserLayout, laserLayout } from "./routing/laser-layout.ts";
export {
  type Acquisition,
  defaultAcquisition,
  type LaserSlot,
  type LaserSlotInputs,
  type LaserState,
  lasersInSlot,
} from "./routing/laser-slot.ts";
export {
  joinTopologies,
  type LaserTopology,
  laserTopology,
  linkBetween,
  parseLaserTopology,
  TOPOLOGY_BOUNDS,
  type TopologyError,
  type TopologyErrorCode,
  type TopologyResult,
} from "./routing/laser-topology.ts";
export type { LinkGraph, LinkRows } from "./routing/link-graph.ts";
export {
  fewestHops,
  type GraphPath,
  kShortestPaths,
  lengthMs,
  MAX_PATHS,
  type PathOptions,
  shortestPath,
} from "./routing/paths.ts";
export { createRouteEngine, type PricedTree, type RouteEngine } from "./routing/route-engine.ts";
export {
  type FibreTable,
  fibreTable,
  type SlotGraph,
  type SlotGraphInputs,
  slotGraph,
  withOutage,
} from "./routing/slot-graph.ts";
export { type TreePath, treePath } from "./routing/tree-path.ts";
export { SLOT_MS, slotAt, slotStartMs } from "./slot.ts";
export type { LinkChange, Site, SlotPlan, UnservedReason, UnservedSite } from "./slot-plan.ts";
export { diffPlans } from "./slot-plan.ts";
// Studies.
export {
  type CapacityOptions,
  type CapacityResult,
  type CapacityTotals,
  capacity,
} from "./studies/capacity.ts";
export type { CoverageTally } from "./studies/coverage.ts";
export {
  type CoverageOptions,
  type CoverageResult,
  coverage,
  type LatitudeCoverage,
} from "./studies/coverage.ts";
export {
  attackedDemand,
  type EnergyOptions,
  type EnergyResult,
  type EnergyStep,
  energy,
} from "./studies/energy.ts";
export { failuresOf, shellName } from "./studies/failures.ts";
export type { LatencySeries } from "./studies/latency.ts";
export {
  type LatencyEnd,
  type LatencyOptions,
  type LatencyPath,
  type LatencyPlace,
  type LatencyResult,
  type LatencySample,
  type LatencySummary,
  latency,
} from "./studies/latency.ts";
export {
  CELL_FATES,
  type CellFate,
  type ImmediateRepair,
  type OutageOptions,
  type OutageResult,
  outage,
  type SiteOutage,
} from "./studies/outage.ts";
export {
  type PlanAtOptions,
  type PlanAtResult,
  type PlanDifference,
  type PlanSummary,
  planAt,
  planDifference,
  summaryOfPlan,
} from "./studies/plan-at.ts";
export { NAMED_POLICIES, parsePolicy } from "./studies/policy-overrides.ts";
export type { Share, ShareMark } from "./studies/share.ts";
export { instantsOf, MOST_LOOKS, type Span, slotsOfSpan } from "./studies/span.ts";
export type { StudyError, StudyResult } from "./studies/study-error.ts";
// Validation against what is recorded.
export { quantileCases, simulateComb } from "./validation/comb.ts";
export { type CountriesResult, validateCountries } from "./validation/countries.ts";
export {
  COUNTRY_PARAMETERS,
  type CountryFit,
  type CountryParameter,
  fitCountries,
} from "./validation/country-fit.ts";
export { defaultCountryModel } from "./validation/country-model.ts";
export { type PlannedCountries, planCountries } from "./validation/country-paths.ts";
export { countriesReport } from "./validation/country-report.ts";
export { parseCountries } from "./validation/country-rows.ts";
export { type SettledLand, settledLand } from "./validation/country-sites.ts";
export { drawnRtts } from "./validation/drawn-rtts.ts";
export { combReport, laserPathReport, rainReport, visibleReport } from "./validation/figure-reports.ts";
export { fleet2023 } from "./validation/fleet-2023.ts";
export { laserPathSite, ULUKHAKTOK } from "./validation/laser-path.ts";
export { fitMissProbability, pingsReport } from "./validation/ping-report.ts";
export { parsePings, pingFindings } from "./validation/pings.ts";
export { rainLawFigures, rainSiteFigures } from "./validation/rain-figures.ts";
export type { RecordResult } from "./validation/record.ts";
export {
  type Check,
  holds,
  type ReportPlot,
  type ReportTable,
  shown,
  type ValidationReport,
} from "./validation/report.ts";
export { parseCities, parseSeries, type SeriesResult, validateSeries } from "./validation/series.ts";
export { seriesReport } from "./validation/series-report.ts";
export { validateServing } from "./validation/serving.ts";
export { parseServing } from "./validation/serving-record.ts";
export { servingReport } from "./validation/serving-report.ts";
export type { Observer } from "./validation/serving-tracks.ts";
export { countVisible, parseVisible, VISIBLE_2026_05_21 } from "./validation/visible.ts";
export {
  type CapGeometry,
  capGeometry,
  createSky,
  isAbove,
  remainingSeconds,
  type Sky,
  satellitesAbove,
  skyOf,
} from "./visibility.ts";
