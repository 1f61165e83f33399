// The door of what all capabilities share about HTTP.
export { createApp, type AppConfig } from "./app.ts";
export { addConsole } from "./console.ts";
export { Refused } from "./errors.ts";
export { addHealthRoutes } from "./health.ts";
export { identified, identityOf, requireIdentity } from "./identified.ts";
export type { DeviceIdentity, Identify, Identity, IdentityError } from "./identity.ts";
export { logLevels, summariseError, type LogLevel } from "./log.ts";
export { addMetricsRoute, createRegistry } from "./metrics.ts";
export { lookupOutside, OutwardFailure, refusalOfNumber } from "./outside.ts";
export { createOutsideAgent } from "./outside-agent.ts";
export { createOutwardFetch, type OutwardFetch } from "./outward-fetch.ts";
export { requireStorable } from "./storable.ts";
