import { Core, SessionState, type Invitation } from "sip.js";
import { expect, test } from "vitest";
import type { Timers } from "../../../../shared/result/ports.ts";
import { createRinging } from "./sip-ringing.ts";

/** A call that rings, whose other side answers what it is asked with one status after the other, the last for good. */
function ring(...answers: (number | string)[]) {
  const listeners: ((state: SessionState) => void)[] = [];
  const asked: string[] = [];
  const said: string[] = [];
  const rejected: unknown[] = [];
  const call = {
    state: SessionState.Initial as SessionState,
    stateChange: { addListener: (one: (state: SessionState) => void) => listeners.push(one) },
    dialog: Object.assign(Object.create(Core.SessionDialog.prototype) as Core.SessionDialog, {
      createOutgoingRequestMessage: (method: string) => method,
    }),
    userAgent: {
      userAgentCore: {
        request(method: string, { onReject }: { onReject: (response: unknown) => void }) {
          const [status, ...phrase] = String(answers[asked.length] ?? answers.at(-1)).split(" ");
          asked.push(method);
          said.push(method);
          const message = { statusCode: Number(status), reasonPhrase: phrase.join(" ") };
          if (message.statusCode >= 300) onReject({ message });
        },
      },
    },
    async progress() {
      said.push("180");
    },
    async reject(options: unknown) {
      rejected.push(options);
    },
  };
  const become = (state: SessionState) => {
    call.state = state;
    for (const tell of listeners) tell(state);
  };
  return { invitation: call as unknown as Invitation, asked, said, rejected, become };
}

/** Pauses that are over when the test says so. */
function stepTimers() {
  const due: (() => void)[] = [];
  const timers = { after: (_ms: number, run: () => void) => (due.push(run), () => {}) } as Timers;
  return { timers, pass: () => due.splice(0).forEach((run) => run()) };
}

test.each([
  ["knows no such call", [481], 1, true],
  ["is there", [200], 1, false],
  ["is there, and takes no such question", [405], 1, false],
  // A telephone is asked behind a proxy, too, and answers as it would answer a call (RFC 3261, 11.2).
  ["is there, and would take no call", [480], 1, false],
  ["is there, and does not know the question in a call", ["500 Unhandled by dialog usages"], 1, false],
  ["is there, at an address that is asked in vain", [404], 1, false],
  ["cannot be reached, and has gone", [477, 481], 2, true],
  ["cannot be reached, as the exchange says of itself", ["500 No error (2/TM)"], 4, true],
  ["cannot be reached, and is back", [503, 477, 200], 3, false],
  ["cannot be reached any more: no answer would be heard", [477], 4, true],
])("whoever rang before the network broke and %s", (_which, statuses, asked, isGone) => {
  const { timers, pass } = stepTimers();
  const ringing = createRinging(timers);
  const call = ring(...statuses);
  ringing.add(call.invitation);
  ringing.askWhoIsThere();
  for (let pauses = 0; pauses < 6; pauses += 1) pass();
  expect(call.asked).toHaveLength(asked);
  expect(call.said.slice(0, 2), "they may not have heard that it rings").toEqual(["180", "OPTIONS"]);
  expect(call.rejected).toEqual(isGone ? [{ statusCode: 480 }] : []);
});

test("nobody is asked after who has been answered or is gone, nor once more", () => {
  const { timers, pass } = stepTimers();
  const ringing = createRinging(timers);
  const [call, other] = [ring(481), ring(477)];
  ringing.add(call.invitation);
  ringing.add(other.invitation);
  call.become(SessionState.Establishing);
  ringing.askWhoIsThere();
  other.become(SessionState.Terminated);
  pass();
  expect([call.asked, other.asked]).toEqual([[], ["OPTIONS"]]);
});
