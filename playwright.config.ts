import { defineConfig } from "@playwright/test";
import { findChromium } from "./tools/chromium.ts";

const executablePath = findChromium();

/** Of windows and of the processes behind them alike, as on one machine: a desk's day is its machine's. */
const timezoneId = "Europe/London";
process.env["TZ"] = timezoneId;

/**
 * Chromium heeds the last such list alone, so it begins with Playwright's own. The last two are pages behind the address
 * bar that nobody sees here: they took half of what a new window takes.
 */
const unusedFeatures = [
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxPopup",
];

/** Begun last, one of these would run alone while the other workers have nothing left to do. */
const longest = [
  "bank-import",
  "coaching-offline",
  "coaching-overlay",
  "coaching-report",
  "console",
  "cut-device",
  "letter-after-call",
  "phone-settings",
  "recorded-call",
  "sip",
].map((name) => `testing/e2e/${name}.e2e.test.ts`);
const all = "{testing,renderer,sync-server}/**/*.e2e.test.ts";

export default defineConfig({
  testDir: ".",
  globalSetup: "./testing/e2e/make-demo.ts",
  // Playwright goes through projects in this order, and within each through its files by their names.
  projects: [
    { name: "longest", testMatch: longest },
    { name: "others", testMatch: all, testIgnore: longest },
  ],
  timeout: 240_000,
  // What is waited for is whether, not how fast: a laden machine takes its time to open a database.
  expect: { timeout: 60_000 },
  // A test waits for servers and desks, its own or those of its worker, most of its time: three fit two cores.
  workers: 3,
  fullyParallel: false,
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId,
    // What was done and answered, and how it looked at the end: pictures of every moment cost more than they tell.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--disable-features=${unusedFeatures.join(",")}`,
      ],
    },
  },
});
