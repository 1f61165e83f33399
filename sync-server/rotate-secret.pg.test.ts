import { expect, inject, test } from "vitest";
import { createTestDatabase } from "../testing/postgres/test-database.ts";
import { readConfig } from "./config.ts";
import { openDatabase } from "./database/index.ts";
import { rotateSecret } from "./rotate-secret.ts";

test("no secret is turned beside a server that seals with it", async () => {
  const { url, drop } = await createTestDatabase(inject("postgresUrl"));
  const [before, after] = ["the secret until now, thirty-two letters", "the secret from now on, thirty-two letters"]; // prettier-ignore
  const config = readConfig({ DATABASE_URL: url, RINGSIDE_SECRET: after });
  const node = await openDatabase({ kind: "postgres", url, poolSize: 1 });
  await node.listen("ringside_ai", () => {});
  await expect(rotateSecret(config, before)).rejects.toThrow("Stop every node first");
  await node.close();
  // PostgreSQL hears a moment later that it has gone.
  await expect.poll(() => rotateSecret(config, before).catch(String)).toEqual({ credentials: 0, letters: 0, secondFactors: 0 }); // prettier-ignore
  await drop();
});
