// The door of the AI gateway (docs/intelligence.md).
export { askForApproval } from "./approvals/index.ts";
export type { Bulk, BulkWork } from "./bulk/index.ts";
export { createAnswerCache } from "./gateway/answer-cache.ts";
export { createGateway, type GatewayDeps } from "./gateway/create-gateway.ts";
export { whoAnswers, type WhoAnswersDeps } from "./gateway/who-answers.ts";
export { createGuard, type GuardDeps } from "./guard/create-guard.ts";
export { likenessOf, ownSpace } from "./likeness.ts";
export type { Hearing, SoundAsker, SoundMeter } from "./metering/index.ts";
export type * from "./parts-port.ts";
export type * from "./port.ts";
export type * from "./provider-port.ts";
export { pictureTypeOf } from "./safety/check-picture.ts";
export { hidePersonalData, nobodyKnown, prepareHiding, type Known } from "./safety/hide-personal-data.ts";
