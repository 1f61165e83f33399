// Who may import whom. The table stands in docs/architecture.md; this file makes it true.
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
/** Of the server: what every capability stands on. */
const ground = "database/|http/|jobs/";
const notTests = "\\.test\\.tsx?$";

module.exports = {
  forbidden: [
    rule(
      "no-cycles",
      "Cycles hide who depends on whom.",
      { path: "^(main|preload|renderer|shared|sync-server)/" },
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "shared-is-pure",
      "shared imports itself and zod (and small pure libraries that run in any process).",
      { path: "^shared/", pathNot: notTests },
      {
        pathNot:
          "^(shared/|node_modules/(zod|uuid|node-diff3|libphonenumber-js|re2js|rrule|date-fns|vader-sentiment)/)",
      },
    ),
    rule(
      "preload-is-one-pipe",
      "preload knows electron and the types of shared/rpc only.",
      { path: "^preload/" },
      { pathNot: "^(shared/rpc/|preload/|node_modules/electron)|^electron$" },
    ),
    rule(
      "renderer-imports-shared-only",
      "The renderer holds no database and no Node.",
      { path: "^renderer/", pathNot: notTests },
      { path: "^(main|sync-server|testing|tools)/" },
    ),
    rule(
      "renderer-has-no-node",
      "The renderer runs in a sandbox.",
      { path: "^renderer/", pathNot: notTests },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "features-meet-at-their-door",
      "A feature imports another only through its index.ts.",
      { path: "^renderer/features/([^/]+)/" },
      {
        path: "^renderer/features/([^/]+)/",
        pathNot: ["^renderer/features/$1/", "^renderer/features/[^/]+/index\\.tsx?$"],
      },
    ),
    rule(
      "ui-knows-no-feature",
      "The design system stands below features.",
      { path: "^renderer/(ui|client)/" },
      { path: "^renderer/(features|app)/" },
    ),
    rule(
      "main-imports-shared-only",
      "main knows shared; nothing of the server or the windows.",
      { path: "^main/", pathNot: notTests },
      { path: "^(renderer|preload|sync-server|testing|tools)/" },
    ),
    rule(
      "only-shell-electron-imports-electron",
      "Everything else runs without the binary.",
      { path: "^(main|renderer|shared|sync-server)/", pathNot: "^main/shell/electron/" },
      { path: "^(node_modules/electron/|electron$)" },
    ),
    rule(
      "replica-knows-no-shell",
      "The replica is a process of its own.",
      { path: "^main/replica/" },
      { path: "^main/shell/" },
    ),
    rule(
      "server-imports-shared-only",
      "The server knows shared; nothing of the desktop.",
      { path: "^sync-server/", pathNot: ["^sync-server/console/", notTests] },
      { path: "^(renderer|preload|main|testing|tools)/" },
    ),
    rule(
      "capabilities-meet-at-their-door",
      "A capability imports another only through its index.ts, or that of one of its parts.",
      { path: `^sync-server/(?!${ground}|console/|providers/)([^/]+)/`, pathNot: notTests },
      {
        path: `^sync-server/(?!${ground})([^/]+)/`,
        pathNot: [
          "^sync-server/$1/",
          "^sync-server/[^/]+/index\\.ts$",
          "^sync-server/[^/]+/[^/]+/index\\.ts$",
        ],
      },
    ),
    rule(
      "the-ground-knows-no-capability",
      "Database, HTTP and jobs stand below capabilities.",
      { path: `^sync-server/(${ground})`, pathNot: notTests },
      { path: `^sync-server/(?!${ground})[^/]+/` },
    ),
    rule(
      "only-the-composition-root-imports-providers",
      "Providers are chosen in the composition root.",
      { path: "^sync-server/", pathNot: ["^sync-server/compose\\.ts$", "^sync-server/providers/", notTests] },
      { path: "^sync-server/providers/" },
    ),
    rule(
      "console-is-a-browser-app",
      "The console shares the design system and nothing of the desk.",
      { path: "^sync-server/console/", pathNot: notTests },
      { path: "^(main|preload|testing|tools|renderer/(features|app|client))/" },
    ),
    rule(
      "console-knows-the-wire",
      "Of the server the console knows the forms in which it answers, and nothing that runs there.",
      { path: "^sync-server/console/", pathNot: notTests },
      {
        path: "^sync-server/",
        pathNot: ["^sync-server/console/", "^sync-server/admin/.*(wire|edit-rules)\\.ts$"],
      },
    ),
    rule(
      "testing-is-for-tests",
      "Fakes and suites are imported by tests alone.",
      { path: "^(main|preload|renderer|shared|sync-server)/", pathNot: notTests },
      { path: "^testing/" },
    ),
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|coverage)/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
