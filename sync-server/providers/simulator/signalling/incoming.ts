import { randomBytes } from "node:crypto";
import type { Call } from "../carrier/model.ts";
import type { Peer } from "../media/webrtc-peer.ts";
import { noSdp, userFragment } from "./device-leg.ts";
import type { ClientFrame } from "./frames.ts";
import type { Session } from "./session.ts";
import type { Desk } from "./signalling.ts";

interface RingingDevice {
  readonly peer: Peer | null;
  readonly reconnectToken: string;
  /** Its connection was lost, and it is waited for. */
  cancelGrace: () => void;
}

interface Ringing {
  readonly call: Call;
  readonly devices: Map<Session, RingingDevice>;
}

type Invite = Extract<ClientFrame, { type: "invite" }>["payload"];

/** Calls to an identity: all its devices ring, the first that answers has it, the others are cancelled. */
export function createIncoming(desk: Desk) {
  const ringing = new Map<string, Ringing>();

  const ring = async (call: Call): Promise<void> => {
    if (call.endpoint.kind !== "client") return;
    const sessions = desk.registeredAs(call.endpoint.identity);
    if (sessions.length === 0) return refuse(call.sid, "no-answer");
    const entry: Ringing = { call, devices: new Map() };
    ringing.set(call.sid, entry);
    await Promise.all(sessions.map((session) => invite(entry, session)));
    if (ringing.get(call.sid) === entry) desk.carrier().step({ event: "ringing", callSid: call.sid });
  };

  const invite = async (entry: Ringing, session: Session): Promise<void> => {
    const { call, devices } = entry;
    const reconnectToken = randomBytes(16).toString("hex");
    const peer = desk.newPeer(session, call.sid);
    devices.set(session, { peer, reconnectToken, cancelGrace: () => undefined });
    const sdp = peer ? await peer.offer() : noSdp;
    if (!devices.has(session)) return peer?.close();
    const parameters = call.endpoint.kind === "client" ? call.endpoint.parameters : {};
    session.send("invite", {
      callsid: call.sid,
      sdp,
      reconnect: reconnectToken,
      parameters: {
        CallSid: call.sid,
        AccountSid: desk.account.sid,
        From: call.from,
        To: call.to,
        Params: new URLSearchParams(parameters).toString(),
      },
    });
  };

  const answer = async (entry: Ringing, session: Session, sdp: string): Promise<void> => {
    const device = entry.devices.get(session);
    if (!device) return;
    const { sid: callSid } = entry.call;
    ringing.delete(callSid);
    entry.devices.delete(session);
    cancelAll(entry);
    desk.legs.set(callSid, {
      callSid,
      session,
      temporarySid: callSid,
      knownAs: callSid,
      peer: device.peer,
      reconnectToken: device.reconnectToken,
      sdp: Promise.resolve(noSdp),
      answered: true,
      fragment: userFragment(sdp),
      cancelGrace: () => undefined,
    });
    if (device.peer) desk.engine.connect(callSid, device.peer);
    desk.carrier().step({ event: "answered", callSid, answeredBy: null });
    await device.peer?.accept(sdp);
  };

  const drop = (entry: Ringing, session: Session, status: "busy" | "no-answer"): void => {
    const device = entry.devices.get(session);
    device?.cancelGrace();
    device?.peer?.close();
    entry.devices.delete(session);
    if (entry.devices.size > 0) return;
    ringing.delete(entry.call.sid);
    refuse(entry.call.sid, status);
  };

  const refuse = (callSid: string, status: "busy" | "no-answer"): void =>
    desk.carrier().step({ event: "refused", callSid, status });

  // What a device sends may make no sense to WebRTC: its call is over then, and nobody else's.
  const hangUp = (callSid: string): void => desk.carrier().step({ event: "hung-up", callSid });

  return {
    ring: (call: Call) => void ring(call).catch(() => hangUp(call.sid)),
    /** Whether the frame was for a call that rings. */
    take(session: Session, frame: ClientFrame): boolean {
      if (frame.type !== "answer" && frame.type !== "reject" && frame.type !== "hangup") return false;
      const entry = ringing.get(frame.payload.callsid);
      if (!entry?.devices.has(session)) return frame.type === "answer";
      if (frame.type === "answer")
        void answer(entry, session, frame.payload.sdp).catch(() => hangUp(entry.call.sid));
      else drop(entry, session, "busy");
      return true;
    },
    cancel(call: Call): void {
      const entry = ringing.get(call.sid);
      ringing.delete(call.sid);
      if (entry) cancelAll(entry);
    },
    /**
     * The SDK comes back for a call only when it has answered it: this is that answer, whose first copy was cut off on
     * its way. False: no such call rings.
     */
    comeBack(session: Session, { callsid, reconnect, sdp }: Invite): boolean {
      const entry = ringing.get(callsid);
      const known = [...(entry?.devices ?? [])].find(([, device]) => device.reconnectToken === reconnect);
      if (!entry || !known) return false;
      const [before, device] = known;
      device.cancelGrace();
      entry.devices.delete(before);
      entry.devices.set(session, device);
      session.send("answer", { callsid, reconnect });
      void answer(entry, session, sdp).catch(() => hangUp(callsid));
      return true;
    },
    /** A connection is gone, perhaps with an answer in it: the device has the time to come back that it named itself. */
    lose(session: Session): void {
      for (const entry of ringing.values()) {
        const device = entry.devices.get(session);
        if (!device) continue;
        const giveUp = (): void => drop(entry, session, "no-answer");
        if (session.reconnectMs === 0) giveUp();
        else device.cancelGrace = desk.timers.after(session.reconnectMs, giveUp);
      }
    },
    /** A device that is back and has claimed no call knows nothing more of those that rang before. */
    forgetLost(identity: string): void {
      for (const entry of ringing.values())
        for (const session of entry.devices.keys())
          if (session.grant?.identity === identity && !desk.sessions.has(session))
            drop(entry, session, "no-answer");
    },
  };
}

function cancelAll(entry: Ringing): void {
  for (const [session, { peer, cancelGrace }] of entry.devices) {
    session.send("cancel", { callsid: entry.call.sid });
    cancelGrace();
    peer?.close();
  }
  entry.devices.clear();
}
