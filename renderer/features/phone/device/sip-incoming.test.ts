import { SessionState, URI, type Invitation } from "sip.js";
import { expect, test } from "vitest";
import { incomingOf } from "./sip-incoming.ts";

/** A call that the exchange offers, in a state that a test sets. */
function offer(
  over: { user?: string; reject?: () => Promise<void>; sipCallId?: string; callId?: string } = {},
) {
  const listeners: ((state: SessionState) => void)[] = [];
  const identity = (user: string) => ({ uri: new URI("sip", user, "exchange.test"), displayName: "" });
  const invitation = {
    state: SessionState.Initial,
    delegate: undefined as Invitation["delegate"],
    request: {
      callId: over.sipCallId ?? "abc",
      getHeader: (name: string) => (name === "X-Call-Id" ? over.callId : undefined),
    },
    remoteIdentity: identity(over.user ?? "101"),
    localIdentity: identity("102"),
    stateChange: { addListener: (one: (state: SessionState) => void) => listeners.push(one) },
    reject: over.reject ?? (async () => {}),
  };
  const ports = { openMicrophone: () => Promise.reject(new Error("denied")), follow: () => null as never };
  return { invitation, incoming: incomingOf(invitation as unknown as Invitation, ports) };
}

test("a caller who has gone while they are declined is no error of this window", async () => {
  let asked = 0;
  const reject = async () => {
    asked += 1;
    throw new Error("Invalid session state Terminated");
  };
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  process.on("unhandledRejection", hear);
  offer({ reject }).incoming.reject();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", hear);
  expect([asked, unheard]).toEqual([1, []]);
});

test.each([
  ['Reason: SIP;cause=200;text="Call completed elsewhere"', "answered-elsewhere"],
  ["Reason: SIP ;cause=200", "answered-elsewhere"],
  ["Reason: Q.850;cause=16", "cancelled"],
  ["", "cancelled"],
])("a ring that ends with “%s” was %s", (header, why) => {
  const { invitation, incoming } = offer();
  const told: string[] = [];
  incoming.onGone((reason) => told.push(reason));
  invitation.delegate?.onCancel?.({ request: { data: `CANCEL sip:102\r\n${header}\r\n` } } as never);
  expect(told).toEqual([why]);
});

test("a caller whose number is written in no way that can be read still rings", () => {
  expect(offer({ user: "100%zz" }).incoming.from).toBe("100%zz");
  expect(offer({ user: "%2B442079460018" }).incoming.from).toBe("+442079460018");
});

test("desks that an exchange rings by a call each have one call where it says so, and otherwise one each", () => {
  const idOf = (sipCallId: string, callId?: string) =>
    offer({ sipCallId, ...(callId === undefined ? {} : { callId }) }).incoming.callId;
  expect(idOf("leg-1", " 1763769600.42 ")).toBe("1763769600.42");
  expect(idOf("leg-2", "1763769600.42")).toBe("1763769600.42");
  expect(idOf("leg-1")).not.toBe(idOf("leg-2"));
  // What no record could be called is no name.
  expect(idOf("leg-1", "<script>")).toBe(idOf("leg-1"));
});
