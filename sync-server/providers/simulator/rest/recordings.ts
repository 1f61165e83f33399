import { createReadStream, existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Core } from "../carrier/core.ts";
import { isUp, type Recording } from "../carrier/model.ts";
import { findCall } from "./calls.ts";
import { list, readForm, toCallback, url } from "./form.ts";
import { notFound, RestProblem } from "./problem.ts";
import { page, recordingJson } from "./wire.ts";

const NewRecording = z.object({
  RecordingChannels: z.enum(["mono", "dual"]).default("mono"),
  RecordingStatusCallback: url.optional(),
  RecordingStatusCallbackEvent: list.optional(),
});

const RecordingUpdate = z.object({
  Status: z.enum(["in-progress", "paused", "stopped"]),
  PauseBehavior: z.enum(["silence", "skip"]).default("silence"),
});

type CallPath = { Params: { call: string } };
type CallRecordingPath = { Params: { call: string; recording: string } };
type RecordingPath = { Params: { recording: string } };

/** Recordings of calls: start, pause, resume, stop, and the sound itself as WAV. */
export function serveRecordings(app: FastifyInstance, core: Core, dataDir: string): void {
  // A carrier that was started anew knows no recording, but has the sound of all that nobody has removed.
  const pathOf = (sid: string): string => {
    if (!/^RE[0-9a-f]{32}$/.test(sid)) throw notFound(`/Recordings/${sid}`);
    return join(dataDir, `${sid}.wav`);
  };

  app.post<CallPath>("/Calls/:call/Recordings.json", (request, reply) => {
    const call = findCall(core, request.params.call);
    const form = readForm(NewRecording, request.body);
    if (!isUp(call)) throw new RestProblem(400, 21_220, "The call is not in progress.");
    const events = form.RecordingStatusCallbackEvent;
    const recording = core.recorder.startOnCall(call, {
      channels: form.RecordingChannels === "dual" ? 2 : 1,
      source: "StartCallRecordingAPI",
      callback: toCallback(form.RecordingStatusCallback, "POST", events, "completed"),
    });
    return reply.status(201).send(recordingJson(core, recording));
  });

  app.get<CallPath>("/Calls/:call/Recordings.json", (request) => {
    // Newest first, as Twilio lists.
    const own = [...core.recordings.values()].filter((one) => one.callSid === request.params.call);
    return page(
      "recordings",
      own.toReversed().map((one) => recordingJson(core, one)),
      request.url,
    );
  });

  app.post<CallRecordingPath>("/Calls/:call/Recordings/:recording.json", (request) => {
    const recording = findOfCall(core, request.params);
    update(core, recording, readForm(RecordingUpdate, request.body));
    return recordingJson(core, recording);
  });

  app.get<CallRecordingPath>("/Calls/:call/Recordings/:recording.json", (request) =>
    recordingJson(core, findOfCall(core, request.params)),
  );

  app.get("/Recordings.json", (request) =>
    page(
      "recordings",
      [...core.recordings.values()].toReversed().map((one) => recordingJson(core, one)),
      request.url,
    ),
  );

  app.get<RecordingPath>("/Recordings/:recording.json", (request) =>
    recordingJson(core, find(core, request.params.recording)),
  );

  app.delete<RecordingPath>("/Recordings/:recording.json", async (request, reply) => {
    const { recording } = request.params;
    const path = pathOf(recording);
    if (!core.recordings.delete(recording) && !existsSync(path)) throw notFound(`/Recordings/${recording}`);
    await rm(path, { force: true });
    return reply.status(204).send();
  });

  for (const path of ["/Recordings/:recording.wav", "/Recordings/:recording"]) {
    app.get<RecordingPath>(path, (request, reply) => {
      const { recording } = request.params;
      const runs = core.recordings.get(recording);
      if (runs && !runs.path) throw notFound(`/Recordings/${recording}`);
      return sendSound(reply, pathOf(recording));
    });
  }
}

// "Twilio.CURRENT" stands for the one that runs.
function findOfCall(core: Core, path: { call: string; recording: string }): Recording {
  if (path.recording !== "Twilio.CURRENT") return find(core, path.recording);
  const current = [...core.recordings.values()].findLast(
    (one) => one.callSid === path.call && (one.status === "in-progress" || one.status === "paused"),
  );
  if (!current) throw notFound(`/Calls/${path.call}/Recordings/Twilio.CURRENT.json`);
  return current;
}

function find(core: Core, sid: string): Recording {
  const recording = core.recordings.get(sid);
  if (!recording) throw notFound(`/Recordings/${sid}.json`);
  return recording;
}

function update(core: Core, recording: Recording, form: z.infer<typeof RecordingUpdate>): void {
  const runs = recording.status === "in-progress" || recording.status === "paused";
  if (!runs) throw new RestProblem(400, 21_220, "The recording has ended.");
  if (form.Status === "stopped") core.recorder.stop(recording);
  else if (form.Status === "paused") core.recorder.pause(recording, form.PauseBehavior);
  else core.recorder.resume(recording);
}

async function sendSound(reply: FastifyReply, path: string): Promise<FastifyReply> {
  const size = await stat(path).then(
    (file) => file.size,
    () => null,
  );
  if (size === null) throw notFound("/Recordings");
  return reply
    .header("content-type", "audio/x-wav")
    .header("content-length", size)
    .send(createReadStream(path));
}
