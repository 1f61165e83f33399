import type { Core, Recorder } from "./core.ts";
import { apiVersion, rfc2822, seconds } from "./forms.ts";
import type { Call, Recording } from "./model.ts";

/** Which recordings run, and the callbacks that tell of them. The samples are the media's affair. */
export function createRecorder(core: Core, publicUrl: () => string): Recorder {
  const urlOf = (recording: Recording): string =>
    `${publicUrl()}/${apiVersion}/Accounts/${core.accountSid}/Recordings/${recording.sid}`;

  const report = (recording: Recording): void => {
    const { callback, status } = recording;
    if (!callback?.events.includes(status)) return;
    core.emit({
      effect: "callback",
      target: callback,
      params: {
        AccountSid: core.accountSid,
        CallSid: recording.callSid,
        ...(recording.conferenceSid ? { ConferenceSid: recording.conferenceSid } : {}),
        RecordingSid: recording.sid,
        RecordingUrl: urlOf(recording),
        RecordingStatus: status,
        RecordingDuration: String(seconds(recording.durationMs ?? 0)),
        RecordingChannels: String(recording.channels),
        RecordingStartTime: rfc2822(recording.startedAt),
        RecordingSource: recording.source,
        RecordingTrack: "both",
      },
    });
  };

  const begin = (
    call: Call,
    room: string | null,
    options: Pick<Recording, "channels" | "source" | "callback">,
  ): Recording => {
    const recording: Recording = {
      ...options,
      sid: core.newSid("RE"),
      callSid: call.sid,
      conferenceSid: room?.startsWith("conference:") ? room.slice("conference:".length) : null,
      startedAt: core.now(),
      status: "in-progress",
      durationMs: null,
      pauseBehaviour: null,
      path: null,
    };
    core.recordings.set(recording.sid, recording);
    const subject = room ? { room } : { callSid: call.sid };
    core.emit({ effect: "record", recordingSid: recording.sid, subject, channels: options.channels });
    report(recording);
    return recording;
  };

  const stop = (recording: Recording): void => {
    if (recording.status !== "in-progress" && recording.status !== "paused") return;
    recording.status = "processing";
    core.emit({ effect: "record-stop", recordingSid: recording.sid });
  };

  return {
    urlOf,
    startOnCall: (call, options) => begin(call, null, options),
    startOnRoom: (call, room, options) => begin(call, room, options),
    pause(recording, behaviour) {
      if (recording.status !== "in-progress") return;
      recording.status = "paused";
      recording.pauseBehaviour = behaviour;
      core.emit({ effect: "record-pause", recordingSid: recording.sid, behaviour });
    },
    resume(recording) {
      if (recording.status !== "paused") return;
      recording.status = "in-progress";
      recording.pauseBehaviour = null;
      core.emit({ effect: "record-pause", recordingSid: recording.sid, behaviour: null });
    },
    stop,
    stopAll(callSid) {
      for (const recording of core.recordings.values()) {
        if (recording.callSid === callSid && !recording.conferenceSid) stop(recording);
      }
    },
    written(recordingSid, durationMs, path) {
      const recording = core.recordings.get(recordingSid);
      if (!recording) return;
      recording.durationMs = durationMs;
      recording.path = path;
      recording.status = path ? "completed" : "absent";
      report(recording);
    },
  };
}
