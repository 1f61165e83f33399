import { expect, test } from "vitest";
import { newRecordId } from "../../../shared/entities/id.ts";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import type { FromServer, Telephony } from "./ask-telephony.ts";
import { createDials } from "./dials.ts";

const lost = {
  ok: false,
  isUnknown: true,
  error: { code: "offline", message: "Gone." },
  blocked: null,
} as const;
const noSuchCall = { ok: false, error: { code: "no-such-call", message: "None." }, blocked: null } as const;
const dial = () => ({ callId: newRecordId(), to: "+13125550147", leadId: null });

/** A server that permits, and whose answers get lost while `away`. */
function stage() {
  const time = new VirtualTime(0);
  const standing = new Set<string>();
  const asked: string[] = [];
  let away = false;
  const answer = <T>(value: T): FromServer<T> => (away ? lost : { ok: true, value });
  const telephony: Pick<Telephony, "permit" | "control"> = {
    async permit({ callId, to }) {
      asked.push(`permit ${callId}`);
      standing.add(callId);
      return answer({ callId, to, from: "", announce: false });
    },
    async control(callId, { do: what }) {
      asked.push(`${what} ${callId}`);
      if (!away && !standing.delete(callId)) return noSuchCall;
      return answer({});
    },
  };
  const dials = createDials(telephony, time);
  return { time, standing, asked, dials, goAway: (is: boolean) => void (away = is) };
}

test("a permit whose answer was lost is taken back as soon as the server is there, and once", async () => {
  const { time, standing, asked, dials, goAway } = stage();
  goAway(true);
  const { callId, ...rest } = dial();
  expect(await dials.permit({ callId, ...rest })).toEqual({ ok: false, error: lost.error, blocked: null });
  expect(standing).toEqual(new Set([callId]));
  await time.pass(10_000);
  expect(asked.filter((each) => each === `hang-up ${callId}`).length).toBeGreaterThan(1);
  goAway(false);
  await time.pass(60_000);
  expect(standing).toEqual(new Set());
  const count = asked.length;
  await time.pass(600_000);
  expect(asked).toHaveLength(count);
});

test("the next dial waits for that, and is not asked for while the server is away", async () => {
  const { standing, asked, dials, goAway } = stage();
  goAway(true);
  const [first, second, third] = [dial(), dial(), dial()];
  await dials.permit(first);
  expect(await dials.permit(second)).toEqual({ ok: false, error: lost.error, blocked: null });
  expect(asked).not.toContain(`permit ${second.callId}`);
  goAway(false);
  expect(await dials.permit(third)).toMatchObject({ ok: true });
  expect(standing).toEqual(new Set([third.callId]));
});

test("what the server never heard of is not asked after again, nor what it refused", async () => {
  const { time, standing, asked, dials, goAway } = stage();
  goAway(true);
  await dials.permit(dial());
  standing.clear();
  goAway(false);
  await time.pass(60_000);
  expect(asked).toHaveLength(2);
});

test("a desk that closes asks no more", async () => {
  const { time, asked, dials, goAway } = stage();
  goAway(true);
  await dials.permit(dial());
  dials.close();
  await time.pass(600_000);
  expect(asked).toHaveLength(1);
});
