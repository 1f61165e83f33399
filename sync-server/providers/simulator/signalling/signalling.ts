import { randomBytes } from "node:crypto";
import type { WebSocket } from "ws";
import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import type { Carrier } from "../carrier/carrier.ts";
import type { Call } from "../carrier/model.ts";
import type { Engine } from "../media/engine.ts";
import type { Peer } from "../media/webrtc-peer.ts";
import { createIncoming } from "./incoming.ts";
import { noSdp, userFragment, type DeviceLeg } from "./device-leg.ts";
import { createOutgoing } from "./outgoing.ts";
import type { ClientFrame } from "./frames.ts";
import { openSession, type Session } from "./session.ts";
import { checkToken } from "./token.ts";

export interface SignallingOptions {
  account: { sid: string; apiKeySid: string; apiKeySecret: string };
  clock: Clock;
  timers: Timers;
  engine: Engine;
  carrier: () => Carrier;
  openPeer: (onDigit: (digit: string) => void) => Peer;
  /** Where calls of a device go; null where there is no such application. */
  voiceUrlOf: (applicationSid: string) => string | null;
  maxSessions: number;
}

/** What both directions share. */
export interface Desk extends SignallingOptions {
  readonly sessions: Set<Session>;
  /** Devices on answered or outgoing calls, by CallSid. */
  readonly legs: Map<string, DeviceLeg>;
  newPeer(session: Session, callSid: string): Peer | null;
  registeredAs(identity: string): Session[];
}

export type Signalling = ReturnType<typeof createSignalling>;

/** The carrier's side of the SDK's signalling (PStream over WebSocket). */
export function createSignalling(options: SignallingOptions) {
  const sessions = new Set<Session>();
  const legs = new Map<string, DeviceLeg>();
  const desk: Desk = {
    ...options,
    sessions,
    legs,
    newPeer: (session, callSid) =>
      session.hasMedia
        ? options.openPeer((digit) => options.carrier().step({ event: "digit", callSid, digit }))
        : null,
    registeredAs: (identity) =>
      [...sessions].filter((one) => one.registered && one.grant?.identity === identity),
  };
  const incoming = createIncoming(desk);
  const outgoing = createOutgoing(desk);

  const onFrame = (session: Session, frame: ClientFrame): void => {
    if (frame.type === "listen") return listen(desk, session, frame.payload);
    if (!session.grant) return refuse(session, 31204, "AccessTokenInvalid");
    if (frame.type === "register") {
      incoming.forgetLost(session.grant.identity);
      return register(session, frame.payload.media.audio);
    }
    if (session.grant.expiresAt <= options.clock.now()) return refuse(session, 31205, "AccessTokenExpired");
    if (frame.type === "invite")
      return void (incoming.comeBack(session, frame.payload) || outgoing.invite(session, frame.payload));
    if (incoming.take(session, frame)) return;
    const leg = findLeg(desk, session, frame.payload.callsid);
    if (leg) void talk(desk, leg, frame).catch(() => end(desk, leg));
  };

  const onClosed = (session: Session): void => {
    sessions.delete(session);
    incoming.lose(session);
    for (const leg of legs.values()) if (leg.session === session) waitForReturn(desk, leg);
  };

  return {
    accept(socket: WebSocket): void {
      if (sessions.size >= options.maxSessions) return socket.close(1013);
      const id = randomBytes(8).toString("hex");
      sessions.add(openSession(socket, id, { frame: onFrame, closed: onClosed }));
    },
    ring: incoming.ring,
    tellRinging: outgoing.tellRinging,
    tellAnswered: outgoing.tellAnswered,
    hangUp(call: Call, wasRinging: boolean): void {
      incoming.cancel(call);
      const leg = legs.get(call.sid);
      legs.delete(call.sid);
      leg?.cancelGrace();
      leg?.session.send("hangup", { callsid: leg.knownAs, ...(wasRinging ? outgoing.reasonFor(call) : {}) });
    },
    /** Who is registered, and with how many devices. */
    list: () =>
      [...sessions].flatMap((one) =>
        one.registered && one.grant ? [{ identity: one.grant.identity, id: one.id }] : [],
      ),
    /** Cuts a device's connection, as a network does. */
    cut: (identity: string) => {
      for (const session of sessions) if (session.grant?.identity === identity) session.close();
    },
    stop(): void {
      for (const session of sessions) session.close();
    },
  };
}

function listen(
  desk: Desk,
  session: Session,
  payload: Extract<ClientFrame, { type: "listen" }>["payload"],
): void {
  const grant = checkToken(payload.token, desk.account, desk.clock.now());
  if (!grant.ok) {
    session.grant = null;
    session.registered = false;
    return refuse(session, grant.error.code, grant.error.message);
  }
  session.grant = grant.value;
  session.reconnectMs = payload.reconnectTimeout * 1_000;
  session.hasMedia = payload.browserinfo.plugin !== "none";
  session.send("connected", {
    edge: "loopback",
    region: "simulator",
    home: "simulator",
    gateway: "simulator",
    token: {
      identity: grant.value.identity,
      ttl: Math.floor((grant.value.expiresAt - desk.clock.now()) / 1_000),
    },
  });
}

function register(session: Session, wanted: boolean): void {
  if (wanted && !session.grant?.mayReceive) return refuse(session, 31201, "AuthenticationFailed");
  session.registered = wanted;
  session.send(wanted ? "ready" : "offline", {});
}

function refuse(session: Session, code: number, message: string): void {
  session.send("error", { error: { code, message } });
}

type Talk = Exclude<ClientFrame, { type: "listen" | "register" | "invite" }>;

async function talk(desk: Desk, leg: DeviceLeg, frame: Talk): Promise<void> {
  const { callSid, session, peer } = leg;
  if (frame.type === "hangup" || frame.type === "reject") end(desk, leg);
  if (frame.type === "dtmf") {
    for (const digit of frame.payload.dtmf) desk.carrier().step({ event: "digit", callSid, digit });
  }
  if (frame.type === "message") {
    session.send("ack", { acktype: "message", callsid: callSid, voiceeventsid: frame.payload.voiceeventsid });
  }
  if (frame.type === "reinvite") {
    leg.fragment = userFragment(frame.payload.sdp);
    const sdp = peer ? await peer.answer(frame.payload.sdp) : noSdp;
    session.send("answer", { callsid: callSid, sdp });
  }
}

// A device speaks of its own calls alone, by their CallSid or by the name that it gave them; of those that its last
// connection left behind as well, such as a hang-up while there was none.
function findLeg(desk: Desk, session: Session, callsid: string): DeviceLeg | undefined {
  const isOwn = (leg: DeviceLeg): boolean =>
    leg.session === session ||
    (!desk.sessions.has(leg.session) && leg.session.grant?.identity === session.grant?.identity);
  const own = [...desk.legs.values()].filter(isOwn);
  return own.find((leg) => leg.callSid === callsid || leg.temporarySid === callsid);
}

function end(desk: Desk, leg: DeviceLeg): void {
  desk.carrier().step({ event: "hung-up", callSid: leg.callSid });
}

// The SDK comes back for its call within the time that it named itself.
function waitForReturn(desk: Desk, leg: DeviceLeg): void {
  leg.cancelGrace();
  leg.cancelGrace = desk.timers.after(leg.session.reconnectMs, () => end(desk, leg));
}
