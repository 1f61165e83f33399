import type { Call, Device } from "@twilio/voice-sdk";
import { PartyRole } from "../../../../shared/calls/call-event.ts";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import type {
  CallListener,
  DeviceCall,
  DevicePorts,
  IncomingCall,
  LineFailure,
  OutgoingCall,
  PhoneDevice,
} from "./device-port.ts";
import { createSdkSound } from "./sdk-sound.ts";
import { failureOf, isAccessError, settled } from "./settle-sdk.ts";
import { stopTracks } from "./stop-tracks.ts";
import { defineOwnCall, followCall, type OwnCall } from "./twilio-call.ts";
import { loadSdk, redirectSignalling } from "./twilio-sdk.ts";

type TwilioAccess = Extract<LineAccess, { identity: string }>;
type Sdk = Awaited<ReturnType<typeof loadSdk>>;

const renewBeforeMs = 30_000;
/** How long the SDK tries to take a call up again after its connection was lost; Twilio allows 30 s at most. */
const recoverWithinMs = 30_000;

/** A line with Twilio, or with the simulator, which speaks the same. */
export async function openTwilioDevice({ listener, openMicrophone }: DevicePorts): Promise<PhoneDevice> {
  const sdk = await loadSdk();
  const sound = createSdkSound();
  const calls = new Map<DeviceCall, OwnCall>();
  let speaker: string | null = null;
  let device: Device | null = null;
  let access: TwilioAccess | null = null;
  let stopping = false;
  let edges: readonly string[] = [];
  let nextMicrophone: MediaStream | null = null;

  async function start(given: LineAccess): Promise<void> {
    access = checkAccess(given);
    const orders = edgeOrders(access.edge);
    for (const [index, order] of orders.entries()) {
      edges = order;
      const trouble = await register().then(
        () => null,
        (error: LineFailure) => error,
      );
      if (trouble === null) return;
      const isLast = index === orders.length - 1;
      if (isLast || stopping || trouble.code !== "network") throw trouble;
      leave();
    }
  }

  async function register(): Promise<void> {
    const line = create();
    device = line;
    followDevice(line);
    await settled(line, line.register());
  }

  function leave(): void {
    const left = device;
    device = null;
    left?.destroy();
  }

  function create(): Device {
    if (!access) throw gone;
    const own = { nextMicrophone: () => nextMicrophone, speaker: () => speaker };
    return createDevice(sdk, access, { edges, Sound: sound.SdkSound, own });
  }

  function followDevice(line: Device): void {
    line.on("registered", () => listener.up(line.edge ?? ""));
    line.on("unregistered", () => {
      if (!stopping && device === line) listener.down();
    });
    line.on("tokenWillExpire", () => listener.accessEnds());
    line.on("error", (problem: { code: number; message: string }, call?: Call) => {
      if (!call && isAccessError(problem.code)) listener.failed(failureOf(problem));
    });
    line.on("incoming", (call: Call) => listener.incoming(incomingOf(call as OwnCall)));
  }

  function incomingOf(call: OwnCall): IncomingCall {
    const own = call.customParameters;
    const role = PartyRole.safeParse(own.get("role") === "transfer" ? "party" : own.get("monitoring"));
    // Our server calls from the tenant's number, and says whose call it is.
    const caller = own.get("number");
    return {
      callId: own.get("callId") ?? null,
      from: caller ?? call.parameters["From"] ?? "",
      to: (caller ? call.parameters["From"] : call.parameters["To"]) ?? "",
      name: own.get("name") ?? "",
      leadId: own.get("leadId") || null,
      monitoring: role.success ? role.data : null,
      async accept(callListener) {
        call.microphone = await openMicrophone();
        // It may have gone while the person was asked for the microphone.
        if (call.status() !== "pending") {
          stopTracks(call.microphone);
          throw gone;
        }
        const accepted = keep(call, callListener);
        call.accept();
        return accepted;
      },
      reject: () => call.reject(),
      onGone(tell) {
        call.on("cancel", () => tell("cancelled"));
        call.on("transportClose", () => tell("cancelled"));
      },
    };
  }

  async function connect(
    { callId, to, from }: OutgoingCall,
    callListener: CallListener,
  ): Promise<DeviceCall> {
    if (!device || !access) throw gone;
    const registered = device;
    const microphone = await openMicrophone();
    // It may have been taken down while the person was asked for the microphone.
    if (device !== registered) {
      stopTracks(microphone);
      throw gone;
    }
    // The SDK places one call per device: a second one, while the first is held, goes over a device of its own.
    const isBusy = registered.isBusy;
    const line = isBusy ? create() : registered;
    nextMicrophone = microphone;
    try {
      const placing = line.connect({ params: { callId, To: to, from } });
      // A call that comes about after it was given up would go on with nobody to see it.
      const call = (await settled(line, placing, { late: (late) => late.disconnect() })) as OwnCall;
      call.microphone = microphone;
      if (isBusy) for (const event of ["disconnect", "cancel"]) call.on(event, () => line.destroy());
      return keep(call, callListener);
    } catch (error) {
      stopTracks(microphone);
      if (isBusy) line.destroy();
      throw error;
    } finally {
      nextMicrophone = null;
    }
  }

  function keep(call: OwnCall, callListener: CallListener): DeviceCall {
    const kept = followCall(call, {
      ...callListener,
      ended(why, message) {
        calls.delete(kept);
        callListener.ended(why, message);
      },
    });
    calls.set(kept, call);
    return kept;
  }

  return {
    start,
    async updateAccess(given) {
      access = checkAccess(given);
      if (!device) return start(given);
      device.updateToken(access.token);
      if (device.state === "unregistered") await settled(device, device.register());
    },
    connect,
    async useSpeaker(deviceId) {
      speaker = deviceId;
      sound.useSpeaker(deviceId);
      for (const call of calls.values()) hearOn(deviceId, call);
    },
    async stop() {
      stopping = true;
      for (const call of calls.keys()) call.disconnect();
      leave();
    },
  };
}

/**
 * Each call by itself: the SDK moves the one alone that it takes for its only one. Of one on hold it is done when its other
 * side is heard again, for which nobody waits; on a speaker that has gone meanwhile nothing is heard, as in any program.
 */
function hearOn(speaker: string, call: OwnCall): void {
  call._setSinkIds([speaker]).catch(() => {});
}

const gone: LineFailure = { code: "network", message: "The line is not up." };

const nearest = "roaming";

/**
 * In which orders Twilio's edges are tried. The SDK goes from one to the next by itself while a line is up; before that
 * it tells of the first that cannot be reached as an end of all, so that a new start begins with the next one.
 */
function edgeOrders(edge: string | null): (readonly string[])[] {
  return edge === null || edge === nearest
    ? [[nearest]]
    : [
        [edge, nearest],
        [nearest, edge],
      ];
}

type Using = { edges: readonly string[]; Sound: unknown; own: Parameters<typeof defineOwnCall>[1] };

function createDevice(sdk: Sdk, { token, signalling }: TwilioAccess, { edges, Sound, own }: Using): Device {
  const options = {
    allowIncomingWhileBusy: true,
    tokenRefreshMs: renewBeforeMs,
    maxCallSignalingTimeoutMs: recoverWithinMs,
    enableImprovedSignalingErrorPrecision: true,
    logLevel: "silent",
    Call: defineOwnCall(sdk.Call, own),
    // No ring and no beep is fetched from Twilio's servers: we ring on the device that the person chose.
    Sound,
    sounds: Object.fromEntries(dtmfNames.map((name) => [name, name])),
    edge: [...edges],
    // The simulator has no use for Twilio's statistics, and nothing of its calls leaves this machine.
    ...(signalling ? { chunderw: redirectSignalling(signalling), publishEvents: false } : {}),
  };
  return new sdk.Device(token, options as Device.Options);
}

const dtmfNames = [..."0123456789sh"].map((digit) => `dtmf${digit}`);

function checkAccess(access: LineAccess): TwilioAccess {
  if (access.provider === "sip") throw { code: "unsupported", message: "This line is not Twilio's." };
  return access;
}
