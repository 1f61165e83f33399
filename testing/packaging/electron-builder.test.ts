import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { FuseV1Options } from "@electron/fuses";
import { expect, test } from "vitest";
import { builtBeside, desktopEntries } from "../../electron.vite.config.ts";

const root = join(import.meta.dirname, "../..");

interface Packaging {
  files: string[];
  electronFuses: Record<string, boolean>;
  win: { icon: string; target: { target: string }[] };
  mac: { icon: string; entitlements: string; target: { target: string; arch: string[] }[] };
  linux: { icon: string; target: { target: string }[] };
  protocols: { schemes: string[] }[];
}
// The parser that electron-builder itself reads the file with.
const requireAsBuilder = createRequire(import.meta.resolve("electron-builder"));
const { load } = requireAsBuilder("js-yaml") as { load(text: string): Packaging };
const packaging = load(readFileSync(join(root, "electron-builder.yml"), "utf8"));
const { FileMatcher } = requireAsBuilder("app-builder-lib/out/fileMatcher") as {
  FileMatcher: new (
    from: string,
    to: string,
    expand: (text: string) => string,
    patterns: string[],
  ) => { createFilter(): (path: string, stat: { isDirectory(): boolean }) => boolean };
};

test("every fuse that Electron has is set on purpose", () => {
  // electron-builder cannot set this one; Electron's own default (on) is what we want.
  const byDefault = ["wasmtraphandlers"];
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  const named = Object.keys(packaging.electronFuses).map((name) =>
    name.toLowerCase().replace(/^enable|^grant/u, ""),
  );
  const missing = known
    .map((name) => name.toLowerCase().replace(/^enable|^grant/u, ""))
    .filter((name) => !named.includes(name) && !byDefault.includes(name));
  expect(missing).toEqual([]);
});

test("nothing lets another program run inside the desk", () => {
  expect(packaging.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    grantFileProtocolExtraPrivileges: false,
  });
});

test("every target is named, and what it points to exists", () => {
  const targets = (list: { target: string }[]) => list.map(({ target }) => target);
  expect(targets(packaging.win.target)).toEqual(["nsis", "msi"]);
  expect(targets(packaging.mac.target)).toEqual(["dmg", "zip"]);
  expect(packaging.mac.target.flatMap(({ arch }) => arch)).toEqual(["universal", "universal"]);
  expect(targets(packaging.linux.target)).toEqual(["AppImage", "deb", "rpm"]);
  expect(packaging.protocols.flatMap(({ schemes }) => schemes)).toEqual(["tel"]);
  const files = [packaging.win.icon, packaging.mac.icon, packaging.linux.icon, packaging.mac.entitlements];
  for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
});

test("a package has everything that main finds in dist", () => {
  const found = ["dist/main", "dist/preload", "dist/renderer", "dist/templates/replica.gz"];
  expect(packaging.files).toEqual(expect.arrayContaining(found));
});

test("a package begins where the build does", () => {
  const { main } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { main: string };
  const [entry] = Object.entries(desktopEntries).find(([, source]) => source === "main/index.ts") ?? [];
  expect(main).toBe(`dist/main/${entry}.js`);
});

test("of all libraries a package has those that the build does not hold, and no other", () => {
  // As electron-builder does with libraries: all of them, but for what is excluded.
  const patterns = ["**/*", ...packaging.files.filter((pattern) => pattern.startsWith("!"))];
  const isPacked = new FileMatcher(root, root, (text) => text, patterns).createFilter();
  const packed = readdirSync(join(root, "node_modules"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .filter((name) => isPacked(join(root, "node_modules", name, "index.js"), { isDirectory: () => false }));
  const outside = builtBeside.map((name) => name.split("/")[0]);
  expect(packed.toSorted()).toEqual([...new Set(outside)].toSorted());
});
