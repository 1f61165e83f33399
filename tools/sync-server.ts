// `npm run sync-server`: the server alone. Its settings come from the environment (.env.example); subcommands such
// as `backup FILE` are its own and are handed on.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildStale } from "./builds.ts";
import { root } from "./processes.ts";

const environment = join(root, ".env");
if (existsSync(environment)) process.loadEnvFile(environment);
if (process.connected) {
  // Started by another tool, which has built what it wants. When that one is gone, the server shuts down as if told.
  if (process.argv.length === 2) process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
} else if (process.argv.length === 2) await buildStale(["console", "server-template"]);
await import("../sync-server/index.ts");
