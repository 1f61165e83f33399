import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSimulatorProcess } from "./start-process.ts";

const account = {
  sid: `AC${"a1".repeat(16)}`,
  authToken: "auth-token-of-the-simulator",
  apiKeySid: `SK${"b2".repeat(16)}`,
  apiKeySecret: "secret-of-the-api-key-of-the-simulator",
};
const controlToken = "control-token-of-the-simulator";
const options = () => ({ account, controlToken, dataDir: mkdtempSync(join(tmpdir(), "simulator-")) });

test("a process of its own answers, and ends when it is told to", async () => {
  const started = await startSimulatorProcess(options());
  if (!started.ok) throw new Error(started.error);
  const { url, stop, ended, signallingHost } = started.value;
  const response = await fetch(`${url}/control/`, { headers: { authorization: `Bearer ${controlToken}` } });
  expect(response.status).toBe(200);
  expect(url).toBe(`http://${signallingHost}`);
  await stop();
  await ended;
  await expect(fetch(url)).rejects.toThrow();
});

test("whoever started it learns of its death", async () => {
  const started = await startSimulatorProcess(options());
  if (!started.ok) throw new Error(started.error);
  process.kill(started.value.pid, "SIGKILL");
  await started.value.ended;
});

test("options that make no sense are an error in words", async () => {
  const started = await startSimulatorProcess({ ...options(), controlToken: "short" });
  expect(started).toMatchObject({ ok: false, error: expect.stringContaining("controlToken") });
});

test("one that nobody wants any more goes before it is ready", async () => {
  const unwanted = new AbortController();
  const starting = startSimulatorProcess(options(), undefined, unwanted.signal);
  unwanted.abort();
  expect(await starting).toMatchObject({ ok: false, error: expect.stringContaining("before it was ready") });
  const afterwards = await startSimulatorProcess(options(), undefined, unwanted.signal);
  expect(afterwards).toMatchObject({ ok: false, error: expect.stringContaining("nobody wants") });
});
