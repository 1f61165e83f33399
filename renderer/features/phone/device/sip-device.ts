import {
  Inviter,
  Registerer,
  RegistererState,
  SIPExtension,
  UserAgent,
  UserAgentState,
  type Invitation,
  type Session,
  type URI,
} from "sip.js";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import { systemTimers } from "../../../../shared/result/ports.ts";
import type {
  CallListener,
  DeviceCall,
  DevicePorts,
  LineFailure,
  OutgoingCall,
  PhoneDevice,
} from "./device-port.ts";
import { followSipCall, type SipCall } from "./sip-call.ts";
import { incomingOf } from "./sip-incoming.ts";
import { soundOfCall } from "./sip-media.ts";
import { createRinging } from "./sip-ringing.ts";
import { stopTracks } from "./stop-tracks.ts";

type SipAccess = Extract<LineAccess, { provider: "sip" }>;

const registerForSeconds = 300;
const settleWithinMs = 15_000;
const firstRetryMs = 500;
const longestRetryMs = 20_000;
/** Longer than any exchange's own. */
const outsideNumber = /^(?:\+|%2B)?\d{7,}$/iu;
const unauthorised: ReadonlySet<number | undefined> = new Set([401, 403, 404, 407]);

/** A line with a company's own exchange: SIP over WebSocket to its registrar. */
export async function openSipDevice({ listener, openMicrophone }: DevicePorts): Promise<PhoneDevice> {
  const calls = new Set<SipCall>();
  const ringing = createRinging(systemTimers);
  let agent: UserAgent | null = null;
  let registerer: Registerer | null = null;
  let access: SipAccess | null = null;
  let stopping = false;
  /** Counts the times the socket broke: whoever waited for an earlier one has nothing to say any more. */
  let breaks = 0;
  /** Of coming back, since the line was last up. */
  let attempts = 0;
  let speaker = "";

  async function start(given: LineAccess): Promise<void> {
    if (given.provider !== "sip") throw failure("unsupported", "This line is not a company's exchange.");
    access = given;
    const offered = (invitation: Invitation) => {
      const { replacee } = invitation;
      if (replacee) return void replace(replacee, invitation);
      ringing.add(invitation);
      listener.incoming(incomingOf(invitation, { openMicrophone, follow }));
    };
    agent = createAgent(given, offered, reconnect);
    await withTimeout(agent.start()).catch(() => {
      throw failure("network", "The exchange cannot be reached.");
    });
    await signIn(agent);
  }

  /** By a registerer of its own: an earlier one still waits for the answer that got lost with its socket. */
  async function signIn(by: UserAgent): Promise<void> {
    const own = new Registerer(by, { expires: registerForSeconds });
    registerer = own;
    own.stateChange.addListener((state) => {
      if (state === RegistererState.Unregistered && registerer === own && !stopping) listener.down();
    });
    await register();
  }

  async function register(): Promise<void> {
    if (!registerer || !access) throw failure("network", "The line is not up.");
    await withTimeout(registerOnce(registerer));
    attempts = 0;
    listener.up(new URL(access.server).host);
  }

  /** The socket broke: it comes back with growing pauses, then the registration, the audio of every call and whoever rings. */
  function reconnect(): void {
    if (stopping) return;
    listener.down();
    for (const call of calls) call.broken();
    breaks += 1;
    void comeBack(breaks);
  }

  async function comeBack(after: number): Promise<void> {
    const isPast = () => stopping || after !== breaks;
    attempts += 1;
    const pauseMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (attempts - 1));
    await sleep(pauseMs * (0.5 + Math.random() / 2));
    if (isPast() || !agent) return;
    try {
      await agent.reconnect();
      if (isPast()) return;
      await signIn(agent);
    } catch (error) {
      if (isPast()) return;
      const refused = error as LineFailure;
      if (refused.code === "access") return listener.failed(refused);
      // A socket over which nothing is answered is not waited for.
      void agent.transport.disconnect().catch(() => {});
      return comeBack(after);
    }
    for (const call of calls) void call.restartAudio();
    ringing.askWhoIsThere();
  }

  async function connect({ callId, to }: OutgoingCall, callListener: CallListener): Promise<DeviceCall> {
    if (!agent || agent.state !== UserAgentState.Started) throw failure("network", "The line is not up.");
    const target = uriOf(to);
    const line = agent;
    const microphone = await openMicrophone();
    // It may have been taken down while the person was asked for the microphone, or be about to be.
    if (stopping || agent !== line) {
      stopTracks(microphone);
      throw failure("network", "The line is not up.");
    }
    const inviter = new Inviter(line, target, { extraHeaders: [`X-Call-Id: ${callId}`], earlyMedia: true });
    const call = follow(inviter, microphone, callListener);
    await inviter.invite({
      requestDelegate: {
        onProgress: () => callListener.ringing(),
        onReject: ({ message }) => call.refused(message.statusCode ?? 0, message.reasonPhrase ?? ""),
      },
    });
    return call;
  }

  function follow(
    session: Inviter | Invitation,
    microphone: MediaStream,
    callListener: CallListener,
  ): SipCall {
    const ports = {
      microphone,
      speaker: () => speaker,
      uriOf,
      consult: consultWith,
      openMicrophone,
      mayCall,
    };
    const call = followSipCall(session, ports, {
      ...callListener,
      ended(why, message) {
        calls.delete(call);
        callListener.ended(why, message);
      },
    });
    calls.add(call);
    return call;
  }

  /** A colleague whom this desk was asked by has put somebody through. */
  async function replace(replacee: Session, invitation: Invitation): Promise<void> {
    const call = [...calls].find((each) => each.isWith(replacee));
    await (call ? call.take(invitation) : invitation.reject({ statusCode: 603 }));
  }

  /** Nobody who calls may have this desk call a number outside: those are called as the server permits, and charged. */
  function mayCall({ host, user = "" }: URI): boolean {
    return host === ownHost() && !outsideNumber.test(user);
  }

  /** A call to the person whom a warm transfer asks first. */
  function consultWith(target: URI): Inviter {
    if (!agent) throw failure("network", "The line is not up.");
    return new Inviter(agent, target);
  }

  function ownHost(): string {
    return access ? (UserAgent.makeURI(access.uri)?.host ?? "") : "";
  }

  function uriOf(number: string): URI {
    const host = ownHost();
    const uri = UserAgent.makeURI(
      number.startsWith("sip:") ? number : `sip:${encodeURIComponent(number)}@${host}`,
    );
    if (!uri) throw failure("refused", `“${number}” cannot be called on this exchange.`);
    return uri;
  }

  return {
    start,
    async updateAccess(given) {
      if (given.provider !== "sip") throw failure("unsupported", "This line is not a company's exchange.");
      access = given;
      if (!agent) return start(given);
      agent.configuration.authorizationPassword = given.password;
      await register();
    },
    connect,
    async useSpeaker(deviceId) {
      speaker = deviceId;
      await Promise.all([...calls].map((call) => call.useSpeaker(deviceId)));
    },
    async stop() {
      stopping = true;
      for (const call of calls) call.disconnect();
      await withTimeout(registerer?.dispose() ?? Promise.resolve()).catch(() => {});
      await agent?.stop().catch(() => {});
      agent = null;
    },
  };
}

function createAgent(
  { uri, server, username, password, displayName, iceServers }: SipAccess,
  onInvite: (invitation: Invitation) => void,
  onLost: () => void,
): UserAgent {
  const own = UserAgent.makeURI(uri);
  if (!own) throw failure("refused", "The exchange's settings name no address of this person.");
  return new UserAgent({
    uri: own,
    displayName,
    authorizationUsername: username,
    authorizationPassword: password,
    transportOptions: { server, connectionTimeout: 10, keepAliveInterval: 20 },
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: 1_000,
      peerConnectionConfiguration: { iceServers },
    },
    sessionDescriptionHandlerFactory: soundOfCall,
    // Somebody may come in place of whom a call is with (RFC 3891).
    sipExtensionReplaces: SIPExtension.Supported,
    logBuiltinEnabled: false,
    delegate: {
      onInvite,
      onDisconnect: (error) => {
        if (error) onLost();
      },
    },
  });
}

function registerOnce(registerer: Registerer): Promise<void> {
  return new Promise((resolve, reject) => {
    const whenReady = (state: RegistererState) => {
      if (state !== RegistererState.Registered) return;
      registerer.stateChange.removeListener(whenReady);
      resolve();
    };
    registerer.stateChange.addListener(whenReady);
    registerer
      .register({
        requestDelegate: {
          onAccept: () => resolve(),
          onReject: ({ message: { statusCode, reasonPhrase } }) =>
            reject(
              unauthorised.has(statusCode)
                ? failure("access", "The exchange does not take this sign-in.")
                : failure("refused", `The exchange says ${statusCode} ${reasonPhrase ?? ""}.`),
            ),
        },
      })
      .catch(reject);
  });
}

function failure(code: LineFailure["code"], message: string): LineFailure {
  return { code, message };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function withTimeout<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    sleep(settleWithinMs).then((): T => {
      throw failure("network", "The exchange does not answer.");
    }),
  ]);
}
