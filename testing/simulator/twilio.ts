import { createRequire } from "node:module";

// Playwright's loader cannot link the CommonJS that this package is made of; require can.
export const twilio = createRequire(import.meta.url)("twilio") as typeof import("twilio");
