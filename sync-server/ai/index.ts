// The door of the AI gateway. Keys, limits and the bill belong behind it.
export { createAi, type AiDeps } from "./create-ai.ts";
export type * from "./port.ts";
