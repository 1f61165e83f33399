import { Agent, errors, type buildConnector } from "undici";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ModelProvider, ProviderFailure } from "../../sync-server/ai/index.ts";
import type { Way } from "../../sync-server/providers/wire/plain-fetch.ts";
import { secret, type Dialect } from "../ai/stand-ins/dialect.ts";
import {
  breaksOff,
  hangs,
  hangsUp,
  neverEnds,
  sends,
  sendsText,
  startModelServer,
  streams,
  type ModelServer,
  type Reply,
} from "../ai/stand-ins/model-server.ts";
import { describeModelBatches } from "./model-batches.ts";
import { questionOf, readAll } from "./model-provider.ts";

/** What every provider behind an address has to make of what comes over the wire. */
export function describeModelWire(
  dialect: Dialect,
  create: (access: ReturnType<Dialect["access"]>, through?: Way) => ModelProvider,
): void {
  describe(`the wire of ${dialect.name}`, () => {
    let server: ModelServer;
    let provider: ModelProvider;
    beforeEach(async () => {
      server = await startModelServer();
      provider = create(dialect.access(server.url));
    });
    afterEach(() => server.close());

    const question = questionOf();
    const complete = (...replies: Reply[]) => {
      server.replies(...replies);
      return provider.complete(question);
    };
    const read = (...replies: Reply[]) => {
      server.replies(...replies);
      return readAll(provider.stream(question));
    };
    const failsWith = (code: ProviderFailure["code"]) => ({ ok: false, error: { code } });

    describe("a question", () => {
      const schema = {
        type: "object",
        properties: { title: { type: "string", minLength: 1, maxLength: 20 } },
        required: ["title"],
        additionalProperties: false,
      };

      test("has address, key, model, words, form and length", async () => {
        server.replies(sends(200, dialect.says("{}")));
        await provider.complete({ ...question, form: { name: "card", schema } });
        const [asked = expect.fail()] = server.asked;
        expect(asked).toMatchObject({ method: "POST", ...dialect.envelope });
        expect(dialect.read(asked)).toEqual({
          model: "large-1",
          texts: ["Answer briefly.", '{"data":"my secret words"}'],
          // Structured output knows no limits; whoever asked holds the answer against them.
          schema: { ...schema, properties: { title: { type: "string" } } },
          mostTokens: 100,
          effort: null,
        });
      });

      test("has room to think beside the answer, and says how much it is to think", async () => {
        server.replies(sends(200, dialect.says("ok")));
        await provider.complete(questionOf({ reasoning: { tokens: 2_000, effort: "low" } }));
        expect(dialect.read(server.asked[0] ?? expect.fail())).toMatchObject({
          ...{ mostTokens: 2_100, effort: "low", schema: null },
        });
      });

      test("has no form where prose is asked for, neither NUL nor half a character, and comes whole", async () => {
        const text = "wörd 🏠 ".repeat(150_000);
        server.replies(sends(200, dialect.says("ok")));
        await provider.complete(questionOf({ messages: [{ role: "user", text: `a\0b\uD83D${text}` }] }));
        const { schema: none, texts } = dialect.read(server.asked[0] ?? expect.fail());
        expect([none, texts.at(-1)]).toEqual([null, `ab\uFFFD${text}`]);
      });

      test("goes without a key to a server that wants none", async () => {
        server.replies(sends(200, dialect.says("ok")));
        const answer = await create({ ...dialect.access(server.url), apiKey: "" }).complete(question);
        expect(answer).toMatchObject({ ok: true, value: { text: "ok" } });
        expect(Object.keys(server.asked[0]?.headers ?? {})).not.toContainEqual(
          expect.stringMatching(/key|authorization/u),
        );
      });

      test("says nothing of this machine, nor what its environment would add", async () => {
        for (const library of ["OPENAI", "ANTHROPIC"]) {
          vi.stubEnv(`${library}_CUSTOM_HEADERS`, "X-Elsewhere: 1\nAuthorization: none\napi-key: none");
          vi.stubEnv(`${library}_BASE_URL`, "http://127.0.0.1:9");
          vi.stubEnv(`${library}_LOG`, "debug");
          vi.stubEnv(`${library}_API_KEY`, "sk-elsewhere");
          vi.stubEnv(`${library}_ORG_ID`, "elsewhere");
        }
        const printed = (["debug", "info", "log", "warn", "error"] as const).map((level) =>
          vi.spyOn(console, level),
        );
        try {
          server.replies(sends(500, dialect.fault({ type: "server_error" })));
          await create(dialect.access(server.url)).complete(question);
        } finally {
          vi.unstubAllEnvs();
        }
        const [{ headers } = expect.fail()] = server.asked;
        expect(headers).toMatchObject(dialect.envelope.headers);
        expect(JSON.stringify(headers)).not.toMatch(/elsewhere|stainless|none/iu);
        for (const print of printed) expect(print).not.toHaveBeenCalled();
        vi.restoreAllMocks();
      });

      test("goes nowhere else, whatever is answered", async () => {
        const elsewhere = await startModelServer();
        const answer = await complete((response) =>
          response.writeHead(307, { location: elsewhere.url }).end(),
        );
        await elsewhere.close();
        expect([answer, elsewhere.asked]).toMatchObject([failsWith("unreachable"), []]);
      });

      test("has not come too late where nothing took the connection", async () => {
        const connect: buildConnector.connector = (_, done) => done(new errors.ConnectTimeoutError("Connect Timeout Error"), null); // prettier-ignore
        const nowhere = create(dialect.access(server.url), new Agent({ connect }));
        expect(await nowhere.complete(question)).toMatchObject(failsWith("unreachable"));
      });
    });

    describe("an answer", () => {
      const usage = { inputTokens: 90, outputTokens: 12 };

      test("says what it took, and when it was cut at its length", async () => {
        const expected = { ok: true, value: { text: "Rent", usage, stoppedBy: "length" } };
        expect(await complete(sends(200, dialect.says("Rent", "length")))).toEqual(expected);
        expect((await read(streams(dialect.events(["Re", "nt"], "length")))).end).toEqual(expected);
      });

      test("is a refusal where the model or a filter declined, and is billed", async () => {
        const refused = { ok: false, error: { code: "refused", usage } };
        expect(await complete(sends(200, dialect.says("", "refusal")))).toMatchObject(refused);
        expect((await read(streams(dialect.events(["I"], "refusal")))).end).toMatchObject(refused);
      });

      test.each([
        ["less than nothing", { input: -5, output: 12 }],
        ["text", { input: "90", output: "12" }],
        ["half a token", { input: 0.5, output: 1 }],
        ["more than there are", { input: 1e300, output: 1 }],
        ["null", { input: null, output: null }],
        ["nothing", null],
      ])("is one whatever it says of its bill: %s", async (_, lie) => {
        const expected = { ok: true, value: { text: "Rent", usage: null, stoppedBy: "end" } };
        expect(await complete(sends(200, dialect.says("Rent", "end", lie)))).toEqual(expected);
        expect((await read(streams(dialect.events(["Rent"], "end", lie)))).end).toEqual(expected);
      });

      test.each([
        ["a page", sendsText("<html>Bad gateway</html>", "text/html"), "unreadable"],
        ["a page that claims to be JSON", sendsText("<html></html>"), "unreadable"],
        ["nothing", sendsText(""), "unreadable"],
        ["null", sendsText("null"), "unreadable"],
        ["a number", sendsText("17"), "unreadable"],
        ["a list", sendsText("[]"), "unreadable"],
        ["another form", sends(200, { choices: [], content: 3 }), "unreadable"],
        [
          "parts of another form",
          sends(200, { choices: [{ message: { content: { a: 1 } } }], content: [7] }),
          "unreadable",
        ],
        ["half an answer", sendsText('{"choices":[{"mess'), "unreadable"],
        ["a body that breaks off", breaksOff(" ".repeat(4_000)), "cut-off"],
        ["a connection that ends", hangsUp, "unreachable"],
      ] as const)("is none where there is %s", async (_, reply, code) => {
        expect(await complete(reply)).toMatchObject(failsWith(code));
      });
    });

    test.each(["application/json", "text/event-stream"])(
      "an answer without an end is hung up on: %s",
      async (type) => {
        server.replies(neverEnds(type));
        const isStream = type === "text/event-stream";
        const answer = isStream
          ? (await readAll(provider.stream(question))).end
          : await provider.complete(question);
        expect(answer).toMatchObject(failsWith("unreadable"));
        await expect.poll(() => server.hungUp()).toBe(1);
      },
    );

    describe("a stream", () => {
      const events = dialect.events(["Good ", "morning", "."]);
      const begun = events.slice(0, -1);

      test("passes over what it does not know", async () => {
        const noisy = events.flatMap((event) => [event, ...dialect.noise]);
        const { shown, end } = await read(
          streams([...dialect.noise, ...noisy.slice(0, -dialect.noise.length)]),
        );
        expect([shown.join(""), end]).toMatchObject(["Good morning.", { ok: true }]);
      });

      test("puts characters together that come in halves", async () => {
        const halves = dialect.events(["a \uD83C", "\uDFE0\uD83C", "\uDFE1", " b"]);
        const { shown, end } = await read(streams(halves));
        expect(shown.filter((piece) => !piece.isWellFormed())).toEqual([]);
        expect([shown.join(""), end]).toMatchObject(["a 🏠🏡 b", { ok: true, value: { text: "a 🏠🏡 b" } }]);
      });

      test.each([
        ["breaks", streams(begun, "destroy")],
        ["ends without its end", streams(begun, "end")],
      ])("is cut off when the connection %s in the middle; what came is shown", async (_, reply) => {
        const { shown, end } = await read(reply);
        expect("Good morning.".startsWith(shown.join(""))).toBe(true);
        expect(end).toMatchObject(failsWith("cut-off"));
      });

      test("is whole when the connection breaks behind its end", async () => {
        expect((await read(streams(events, "destroy"))).end).toMatchObject({ ok: true });
      });

      test.each([
        ["a page", sendsText("<html></html>", "text/html"), "unreadable"],
        ["an answer that is no stream", sends(200, dialect.says("Rent")), "unreadable"],
        [
          "an event that is no JSON",
          streams([...begun, 'event: content_block_delta\ndata: {"choi\n\n']),
          "unreadable",
        ],
        ["nothing", streams([]), "cut-off"],
        ["a fault in the middle", streams([...begun, dialect.faultEvent("api_error")], "hang"), "failed"],
        [
          "a fault without a known name",
          streams([...begun, dialect.faultEvent("novelty")], "hang"),
          "failed",
        ],
        ["too much to do in the middle", streams([...begun, dialect.busyEvent], "hang"), "busy"],
        ["a fault instead of it", sends(500, dialect.fault({ type: "api_error" })), "failed"],
        ["no connection", hangsUp, "unreachable"],
      ] as const)("fails where there is %s", async (_, reply, code) => {
        const { end } = await read(reply);
        expect(end).toMatchObject(failsWith(code));
        expect(JSON.stringify(end)).not.toContain("Kowalski");
      });

      test("ends, and hangs up, when whoever asked waits no longer", async () => {
        server.replies(streams(begun, "hang"));
        const leaving = new AbortController();
        const stream = provider.stream({ ...question, signal: leaving.signal });
        const { end } = await readAll(
          (async function* () {
            for await (const piece of stream) {
              leaving.abort();
              yield piece;
            }
          })(),
        );
        expect(end).toMatchObject(failsWith("timed-out"));
        await expect.poll(() => server.hungUp()).toBe(1);
      });

      test("hangs up when whoever listened leaves", async () => {
        server.replies(streams(begun, "hang"));
        for await (const _ of provider.stream(question)) break;
        await expect.poll(() => server.hungUp()).toBe(1);
      });
    });

    describe("a failure", () => {
      test.each([
        [401, "no-access"],
        [403, "no-access"],
        [402, "no-access"],
        [400, "unsupported"],
        [404, "unsupported"],
        [408, "timed-out"],
        [413, "too-long"],
        [429, "busy"],
        [500, "failed"],
        [503, "failed"],
        [529, "failed"],
      ] as const)("%i is “%s”, is asked for once, and quotes nobody", async (status, code) => {
        const answer = await complete(sends(status, dialect.fault({ type: "some_error" })));
        expect(answer).toMatchObject(failsWith(code));
        expect(JSON.stringify(answer)).not.toContain(secret.slice(0, 12));
        expect(server.asked).toHaveLength(1);
      });

      test.each([
        ["seconds", "7", 7_000],
        ["parts of a second", "0.5", 500],
        ["a date that has passed", "Wed, 21 Oct 2015 07:28:00 GMT", 0],
        ["nonsense", "soon", null],
        ["less than nothing", "-5", null],
      ])("says when it wants to be asked again: %s", async (_, header, retryAfterMs) => {
        const busy = sends(429, dialect.fault({ type: "rate_limit_error" }), { "retry-after": header });
        expect(await complete(busy)).toMatchObject({ ok: false, error: { code: "busy", retryAfterMs } });
      });

      test("says when it wants to be asked again: a date", async () => {
        const date = new Date(Date.now() + 3_600_000).toUTCString();
        const answer = await complete(
          sends(529, dialect.fault({ type: "overloaded_error" }), { "retry-after": date }),
        );
        expect(answer).toMatchObject({
          ok: false,
          error: { code: "failed", retryAfterMs: expect.any(Number) },
        });
        const waitMs = answer.ok ? 0 : (answer.error.retryAfterMs ?? 0);
        expect([waitMs > 3_000_000, waitMs <= 3_600_000]).toEqual([true, true]);
      });

      test("a question that no model can read is too long", async () => {
        const { status, body } = dialect.tooLong;
        expect(await complete(sends(status, body))).toMatchObject(failsWith("too-long"));
      });

      test("a body that is no JSON changes nothing about it", async () => {
        const answer = await complete((response) => response.writeHead(502, { "content-type": "text/html" }).end(`<p>${secret}`)); // prettier-ignore
        expect(answer).toMatchObject({
          ok: false,
          error: { code: "failed", message: "The provider has a fault (502)." },
        });
      });

      test("is a time-out when nothing comes in time, and nobody stays on the line", async () => {
        server.replies(hangs);
        const deadline = new AbortController();
        const { signal } = deadline;
        const answers = Promise.all([
          provider.complete({ ...question, signal }),
          readAll(provider.stream({ ...question, signal })),
        ]);
        await expect.poll(() => server.asked).toHaveLength(2);
        deadline.abort(new DOMException("There was no answer in time.", "TimeoutError"));
        const [whole, { end }] = await answers;
        expect([whole, end]).toMatchObject([failsWith("timed-out"), failsWith("timed-out")]);
        await expect.poll(() => server.hungUp()).toBe(2);
      });

      test("is unreachable where nobody listens", async () => {
        const gone = create(dialect.access("http://127.0.0.1:9"));
        expect(await gone.complete(question)).toMatchObject(failsWith("unreachable"));
        expect((await readAll(gone.stream(question))).end).toMatchObject(failsWith("unreachable"));
      });
    });
  });

  describeModelBatches(dialect, create);
}
