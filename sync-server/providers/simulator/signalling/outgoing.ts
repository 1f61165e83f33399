import { randomBytes } from "node:crypto";
import type { Call } from "../carrier/model.ts";
import { noSdp, userFragment, type DeviceLeg } from "./device-leg.ts";
import type { ClientFrame } from "./frames.ts";
import type { Session } from "./session.ts";
import type { Desk } from "./signalling.ts";

type Invite = Extract<ClientFrame, { type: "invite" }>["payload"];

/** Calls that devices place, and calls that they come back for. */
export function createOutgoing(desk: Desk) {
  const place = (session: Session, invite: Invite): void => {
    const { grant } = session;
    const applicationSid = grant?.applicationSid ?? "";
    const url = desk.voiceUrlOf(applicationSid);
    const carrier = desk.carrier();
    if (!grant || !url) return hangUp(session, invite.callsid, 31201, "AuthenticationFailed");
    if (!carrier.hasRoom()) return hangUp(session, invite.callsid, 31486, "Busy Here");
    const parameters = Object.fromEntries(new URLSearchParams(invite.twilio.params ?? ""));
    const from = `client:${grant.identity}`;
    const endpoint = { kind: "client", identity: grant.identity, parameters: {} } as const;
    const own = { ...parameters, ApplicationSid: applicationSid };
    // The leg must stand before the carrier speaks of it, which it may do at once.
    const callSid = carrier.reserve({
      from,
      to: parameters["To"] ?? "",
      endpoint,
      parameters: own,
      callback: null,
    });
    const peer = desk.newPeer(session, callSid);
    const leg: DeviceLeg = {
      callSid,
      session,
      temporarySid: invite.callsid,
      knownAs: invite.callsid,
      peer,
      reconnectToken: randomBytes(16).toString("hex"),
      sdp: peer ? peer.answer(invite.sdp) : Promise.resolve(noSdp),
      answered: false,
      fragment: userFragment(invite.sdp),
      cancelGrace: () => undefined,
    };
    desk.legs.set(callSid, leg);
    if (peer) desk.engine.connect(callSid, peer);
    leg.sdp.catch(() => carrier.step({ event: "hung-up", callSid }));
    carrier.begin(callSid, { url, method: "POST" });
  };

  const comeBack = async (session: Session, invite: Invite): Promise<void> => {
    const leg = desk.legs.get(invite.callsid);
    if (!leg || leg.reconnectToken !== invite.reconnect) {
      return hangUp(session, invite.callsid, 31005, "Connection error");
    }
    leg.cancelGrace();
    leg.session = session;
    const fragment = userFragment(invite.sdp);
    const isSamePeer = leg.peer === null || fragment === leg.fragment;
    leg.fragment = fragment;
    const reply = { callsid: leg.callSid, reconnect: leg.reconnectToken };
    if (isSamePeer) return session.send("answer", reply);
    const peer = desk.newPeer(session, leg.callSid);
    leg.peer = peer;
    if (peer) desk.engine.connect(leg.callSid, peer);
    session.send("answer", { ...reply, sdp: peer ? await peer.answer(invite.sdp) : noSdp });
  };

  const tell = async (call: Call, type: "ringing" | "answer"): Promise<void> => {
    const leg = desk.legs.get(call.sid);
    if (!leg || leg.answered) return;
    if (type === "answer") leg.answered = true;
    const sdp = await leg.sdp.catch(() => null);
    if (!sdp) return;
    leg.knownAs = call.sid;
    leg.session.send(type, { callsid: call.sid, sdp, reconnect: leg.reconnectToken });
  };

  return {
    invite(session: Session, invite: Invite): void {
      if (!invite.reconnect) return place(session, invite);
      comeBack(session, invite).catch(() =>
        hangUp(session, invite.callsid, 31_000, "the offer cannot be answered"),
      );
    },
    tellRinging: (call: Call) => void tell(call, "ringing"),
    tellAnswered: (call: Call) => void tell(call, "answer"),
    /** Why a call that was never answered ended, as an error of the SDK. */
    reasonFor(call: Call): Record<string, unknown> {
      const codes: Record<string, [number, string]> = {
        busy: [31486, "Busy Here"],
        "no-answer": [31480, "Temporarily Unavailable"],
        failed: [31404, "Not Found"],
      };
      const code = codes[call.status];
      return code && call.direction === "inbound" ? { error: { code: code[0], message: code[1] } } : {};
    },
  };
}

function hangUp(session: Session, callsid: string, code: number, message: string): void {
  session.send("hangup", { callsid, error: { code, message } });
}
