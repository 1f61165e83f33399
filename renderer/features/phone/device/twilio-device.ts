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
  const calls = new Set<DeviceCall>();
  let device: Device | null = null;
  let access: TwilioAccess | null = null;
  let stopping = false;
  let nextMicrophone: MediaStream | null = null;

  async function start(given: LineAccess): Promise<void> {
    access = checkAccess(given);
    device = createDevice(sdk, access, sound.SdkSound, () => nextMicrophone);
    followDevice(device);
    await settled(device, device.register());
  }

  function followDevice(line: Device): void {
    line.on("registered", () => listener.up(line.edge ?? ""));
    line.on("unregistered", () => {
      if (!stopping) listener.down();
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
    const microphone = await openMicrophone();
    // The SDK places one call per device: a second one, while the first is held, goes over a device of its own.
    const isBusy = device.isBusy;
    const line = isBusy ? createDevice(sdk, access, sound.SdkSound, () => nextMicrophone) : device;
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
    calls.add(kept);
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
      sound.useSpeaker(deviceId);
      await device?.audio?.speakerDevices.set(deviceId);
    },
    async stop() {
      stopping = true;
      for (const call of calls) call.disconnect();
      device?.destroy();
      device = null;
    },
  };
}

const gone: LineFailure = { code: "network", message: "The line is not up." };

function createDevice(
  sdk: Sdk,
  { token, signalling, edge }: TwilioAccess,
  Sound: unknown,
  nextMicrophone: () => MediaStream | null,
): Device {
  const options = {
    allowIncomingWhileBusy: true,
    tokenRefreshMs: renewBeforeMs,
    maxCallSignalingTimeoutMs: recoverWithinMs,
    enableImprovedSignalingErrorPrecision: true,
    logLevel: "silent",
    Call: defineOwnCall(sdk.Call, nextMicrophone),
    // No ring and no beep is fetched from Twilio's servers: we ring on the device that the person chose.
    Sound,
    sounds: Object.fromEntries(dtmfNames.map((name) => [name, name])),
    ...(edge ? { edge } : {}),
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
