import { defineConfig } from "vitest/config";
import { LongestFirst } from "./testing/longest-first.ts";

/** What a test waits for comes when it comes: a second, as Vitest has it, is a guess about the machine. */
const expectation = { poll: { timeout: 50_000 } };

// File names say what a test needs: *.pg.test.ts a real PostgreSQL, *.kill.test.ts processes of its own.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: ["node_modules/**", "dist/**", "**/*.{pg,kill,e2e}.test.ts"],
          globalSetup: ["testing/build-templates.ts"],
          // Files share the modules of their process: to load them anew for each took a quarter of all the time. What one
          // changes there (a global, an overwritten function) it puts back.
          isolate: false,
          setupFiles: ["testing/close-collections.ts"],
          // Several databases and a server in one test: on a laden machine that takes long, and is no fault.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: expectation,
        },
      },
      {
        test: {
          name: "pg",
          include: ["**/*.pg.test.ts"],
          exclude: ["node_modules/**", "dist/**"],
          globalSetup: ["testing/postgres/start-postgres.ts"],
          // One cluster has one horizon: a transaction that one file holds open holds back the feeds of all.
          fileParallelism: false,
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: expectation,
        },
      },
      {
        test: {
          name: "kill",
          include: ["**/*.kill.test.ts"],
          exclude: ["node_modules/**", "dist/**"],
          globalSetup: ["testing/build-desk.ts"],
          // A second of work for each of the servers that are killed, and nobody rings anybody.
          env: { DEMO_CARRIER_AHEAD: "false", DEMO_PAST_TALKS: "false" },
          // Each of them starts servers and desks.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: expectation,
        },
      },
    ],
    // Much of what tests do is wait, for a job or a socket: three fit two cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
