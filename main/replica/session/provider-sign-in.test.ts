import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { FinishedAtProvider, SignedIn } from "../../../shared/sync/session-wire.ts";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import { createProviderSignIn } from "./provider-sign-in.ts";

const waiting = ok({ outcome: "waiting" as const });
const signed = { outcome: "signed-in", token: "t", session: {} } as unknown as SignedIn;
const northgate = { providerId: "p", name: "Northgate ID", email: null };

function setUp(
  answers: Result<FinishedAtProvider, RpcError>[] = [],
  open: () => Promise<Result<void, RpcError>> = async () => ok(),
) {
  const time = new VirtualTime(0);
  const begun: string[] = [];
  const asked: string[] = [];
  const entered: SignedIn[] = [];
  const states: unknown[] = [];
  const signIn = createProviderSignIn({
    auth: {
      async beginAtProvider({ verifierHash }) {
        begun.push(verifierHash);
        const requestId = `request-${begun.length}`;
        return ok({
          requestId,
          url: "https://id.example/",
          code: "ABC-DEF",
          expiresAt: "2026-01-01T00:00:00.000Z",
        });
      },
      async finishAtProvider(requestId, verifier) {
        asked.push(`${requestId} ${createHash("sha256").update(verifier).digest("base64url")}`);
        return answers.shift() ?? waiting;
      },
    },
    clock: time,
    timers: time,
    changed: () => states.push(signIn.state()),
    async enter(session) {
      entered.push(session);
      return open();
    },
  });
  return { time, begun, asked, entered, states, signIn };
}

test("the desk asks until its person is back, with what only it knows", async () => {
  const offline = err<RpcError>({ code: "offline", message: "away" });
  const { time, signIn, begun, asked, entered, states } = setUp([waiting, offline, ok(signed)]);
  expect(await signIn.begin(northgate)).toEqual(ok({ url: "https://id.example/" }));
  expect(signIn.state()).toEqual({
    name: "Northgate ID",
    url: "https://id.example/",
    code: "ABC-DEF",
    trouble: null,
  });
  await time.pass(10_000);
  expect(asked).toEqual(Array(3).fill(`request-1 ${begun[0]}`));
  expect([entered, states.at(-1)]).toEqual([[signed], null]);
});

test("a refusal is shown, and asked about no more", async () => {
  const refused = err<RpcError>({ code: "refused", message: "one has not invited you." });
  const { time, signIn, asked, entered } = setUp([refused]);
  await signIn.begin(northgate);
  await time.pass(60_000);
  expect(signIn.state()?.trouble).toBe("one has not invited you.");
  expect([asked.length, entered]).toEqual([1, []]);
});

test("what was left, or begun again, lets nobody in by its old answer", async () => {
  const { time, signIn, asked, entered } = setUp();
  await signIn.begin(northgate);
  await signIn.begin(northgate);
  await time.pass(2_000);
  expect(asked.map((one) => one.split(" ")[0])).toEqual(["request-2"]);
  signIn.leave();
  await time.pass(60_000);
  expect([asked.length, entered, signIn.state()]).toEqual([1, [], null]);
});

test("a server that never answers is not asked for ever", async () => {
  const { time, signIn } = setUp();
  await signIn.begin(northgate);
  await time.pass(20 * 60_000);
  expect(signIn.state()?.trouble).toBe("This sign-in took too long. Begin again.");
});

test("a desk that cannot be opened for whoever is back says so", async () => {
  const { time, signIn } = setUp([ok(signed)], () => Promise.reject(new Error("ENOSPC: no space left")));
  await signIn.begin(northgate);
  await time.pass(2_000);
  expect(signIn.state()?.trouble).toBe("The desk could not be opened: ENOSPC: no space left");
});
