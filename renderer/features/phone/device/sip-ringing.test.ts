import { Core, SessionState, type Invitation } from "sip.js";
import { expect, test } from "vitest";
import { createRinging } from "./sip-ringing.ts";

/** A call that rings, whose other side answers what it is asked with a status. */
function ring(status: number) {
  const listeners: ((state: SessionState) => void)[] = [];
  const asked: string[] = [];
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
          asked.push(method);
          if (status >= 300) onReject({ message: { statusCode: status } });
        },
      },
    },
    async reject(options: unknown) {
      rejected.push(options);
    },
  };
  const become = (state: SessionState) => {
    call.state = state;
    for (const tell of listeners) tell(state);
  };
  return { invitation: call as unknown as Invitation, asked, rejected, become };
}

test.each([
  [481, [{ statusCode: 480 }]],
  [200, []],
  [405, []],
  [408, []],
  [503, []],
])("whoever rang before the network broke, and of whom %i is said", (status, rejected) => {
  const ringing = createRinging();
  const call = ring(status);
  ringing.add(call.invitation);
  ringing.askWhoIsThere();
  expect(call.asked).toEqual(["OPTIONS"]);
  expect(call.rejected).toEqual(rejected);
});

test("nobody is asked after who has been answered or is gone", () => {
  const ringing = createRinging();
  const call = ring(481);
  ringing.add(call.invitation);
  call.become(SessionState.Establishing);
  ringing.askWhoIsThere();
  expect(call.asked).toEqual([]);
});
