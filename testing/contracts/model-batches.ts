import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ModelProvider, ProviderFailure } from "../../sync-server/ai/index.ts";
import type { Dialect } from "../ai/stand-ins/dialect.ts";
import { hangsUp, sends, startModelServer, type ModelServer } from "../ai/stand-ins/model-server.ts";
import { questionOf } from "./model-provider.ts";

/** What every provider that takes questions together has to make of what comes over the wire. */
export function describeModelBatches(
  dialect: Dialect,
  create: (access: ReturnType<Dialect["access"]>) => ModelProvider,
): void {
  const { batches: wire } = dialect;
  if (wire === null) return;
  describe(`a batch on the wire of ${dialect.name}`, () => {
    let server: ModelServer;
    let provider: ModelProvider;
    beforeEach(async () => {
      server = await startModelServer();
      provider = create(dialect.access(server.url));
    });
    afterEach(() => server.close());

    const question = questionOf();
    const { signal } = question;
    const failsWith = (code: ProviderFailure["code"]) => ({ ok: false, error: { code } });
    const batches = () => provider.batches ?? expect.fail("it has no batches");

    test("is submitted with a key for each question", async () => {
      server.replies(...wire.accepts("batch-1"));
      const questions = ["a-1", "b-2"].map((key) => ({ key, question }));
      expect(await batches().submit("mark", questions)).toEqual({ ok: true, value: "batch-1" });
      expect(wire.keysOf(server.asked)).toEqual(["a-1", "b-2"]);
    });

    test("runs, and is then read with all that came of it", async () => {
      const nonsense = ["", "{broken", "17", '{"custom_id":3}', '{"custom_id":"d","response":{"status_code":200,"body":{}},"result":{"type":"succeeded"}}']; // prettier-ignore
      const answers = [
        { key: "a", body: dialect.says("Rent") },
        { key: "c", body: dialect.says("", "refusal") },
      ];
      server.replies(wire.runs("batch-1"), ...wire.isDone("batch-1", answers, [{ key: "b" }], nonsense));
      expect(await batches().read("batch-1", signal)).toEqual({ ok: true, value: { state: "running" } });
      const done = await batches().read("batch-1", signal);
      if (!done.ok || done.value.state !== "done") throw new Error("the batch is not done");
      const outcomes = done.value.answers.entries().map(([key, answer]) => [key, answer.ok ? answer.value.text : answer.error.code]); // prettier-ignore
      expect(Object.fromEntries(outcomes)).toEqual({
        a: "Rent",
        b: "failed",
        c: "refused",
        d: "unreadable",
      });
      expect(JSON.stringify([...done.value.answers])).not.toContain("Kowalski");
    });

    test("fails as questions do", async () => {
      server.replies(sends(429, dialect.fault({ type: "some_error" }), { "retry-after": "3" }));
      const busy = { ok: false, error: { code: "busy", retryAfterMs: 3_000 } };
      expect(await batches().submit("mark", [{ key: "a", question }])).toMatchObject(busy);
      expect(await batches().read("batch-1", signal)).toMatchObject(busy);
      expect(await batches().cancel("batch-1", signal)).toMatchObject(busy);
      server.replies(sends(200, { novelty: 1 }));
      expect(await batches().submit("mark", [{ key: "a", question }])).toMatchObject(failsWith("unreadable"));
      expect(await batches().read("batch-1", signal)).toMatchObject(failsWith("unreadable"));
    });

    test("may have arrived where the connection ended, and not where there was none", async () => {
      server.replies(...wire.accepts("batch-1").slice(0, -1), hangsUp);
      const unclear = { ok: false, error: { code: "cut-off", usage: null } };
      expect(await batches().submit("mark", [{ key: "a", question }])).toMatchObject(unclear);
      await server.close();
      expect(await batches().submit("mark", [{ key: "a", question }])).toMatchObject(
        failsWith("unreachable"),
      );
    });

    describe("that may have arrived", () => {
      const since = new Date("2026-11-22T12:00:00Z");
      const sought = { mark: "mark", keys: ["a", "b"], since };
      const at = (minutes: number) => new Date(since.getTime() + minutes * 60_000);
      const found = { ok: true, value: { state: "found", batch: "batch-2" } };
      const none = { ok: true, value: { state: "none" } };

      test("is found among those of others, also on a second page", async () => {
        const others = [1, 2].map((n) => ({ batch: `other-${n}`, keys: ["x", "y"], mark: "another", at: at(n) })); // prettier-ignore
        const ours = { batch: "batch-2", keys: ["a", "b"], mark: "mark", at: at(0) };
        server.replies(...wire.lists([[...others], [ours]]));
        expect(await batches().find(sought, signal)).toEqual(found);
        server.replies(...wire.lists([others]));
        expect(await batches().find(sought, signal)).toEqual(none);
      });

      test("is known by its questions where the provider keeps no name of ours", async () => {
        server.replies(...wire.lists([[{ batch: "batch-2", keys: ["a", "b"], mark: null, at: at(-5) }]]));
        expect(await batches().find(sought, signal)).toEqual(found);
        server.replies(...wire.lists([[{ batch: "batch-1", keys: ["c", "d"], mark: null, at: at(0) }]]));
        expect(await batches().find(sought, signal)).toEqual(none);
      });

      test("is not looked for among those of yesterday", async () => {
        const old = { batch: "old", keys: ["a", "b"], mark: "mark", at: at(-24 * 60) };
        server.replies(...wire.lists([[old]]));
        expect(await batches().find(sought, signal)).toEqual(none);
      });

      test("is not said to be absent where nobody can say so", async () => {
        server.replies(sends(200, { data: [{ novelty: 1 }], has_more: false }));
        expect(await batches().find(sought, signal)).toMatchObject(failsWith("unreadable"));
        server.replies(sends(404, dialect.fault({ type: "not_found_error" })));
        expect(await batches().find(sought, signal)).toMatchObject(failsWith("unsupported"));
      });
    });

    test("can be called off", async () => {
      server.replies(wire.runs("batch-1"));
      expect(await batches().cancel("batch-1", signal)).toEqual({ ok: true, value: null });
      expect(server.asked[0]?.path).toContain("/batch-1/cancel");
    });
  });
}
