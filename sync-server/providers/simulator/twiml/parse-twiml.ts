import { err, ok, type Result } from "../../../../shared/result/result.ts";
import {
  readAction,
  readCallback,
  readCount,
  readFlag,
  readMethod,
  readParameters,
  readSeconds,
} from "./attributes.ts";
import { parseXml, type XmlElement } from "./parse-xml.ts";
import { readDial } from "./read-dial.ts";
import type { StreamVerb, TranscriptionVerb, Verb } from "./verbs.ts";

/**
 * Reads a TwiML document into the verbs to be run in order.
 * A verb that this carrier does not know is an error in words, as Twilio's 12100 and 12200 are.
 */
export function parseTwiml(source: string): Result<Verb[], string> {
  const root = parseXml(source.trim());
  if (!root.ok) return err(`12100 document parse failure: ${root.error}`);
  if (root.value.name !== "Response") return err("12100 the root element must be <Response>");
  return readVerbs(root.value);
}

function readVerbs(parent: XmlElement): Result<Verb[], string> {
  const verbs: Verb[] = [];
  for (const element of parent.children) {
    const read = readers[element.name];
    if (!read) return err(`12200 <${element.name}> is not understood in <${parent.name}>`);
    const verb = read(element);
    if (!verb.ok) return verb;
    verbs.push(verb.value);
  }
  return ok(verbs);
}

const readers: Record<string, (element: XmlElement) => Result<Verb, string>> = {
  Say: (element) => ok({ verb: "say", text: element.text, loop: readCount(element, "loop", 1, 1000) }),
  Play: (element) =>
    ok({
      verb: "play",
      url: element.text,
      digits: element.attributes["digits"] ?? null,
      loop: readCount(element, "loop", 1, 1000),
    }),
  Pause: (element) => ok({ verb: "pause", lengthMs: readSeconds(element, "length", 1) }),
  Hangup: () => ok({ verb: "hangup" }),
  Leave: () => ok({ verb: "leave" }),
  Reject: (element) =>
    ok({ verb: "reject", reason: element.attributes["reason"] === "busy" ? "busy" : "rejected" }),
  Redirect: (element) =>
    ok({ verb: "redirect", target: { url: element.text, method: readMethod(element, "method") } }),
  Enqueue: (element) =>
    ok({
      verb: "enqueue",
      queue: element.text,
      waitUrl: element.attributes["waitUrl"] ?? null,
      waitMethod: readMethod(element, "waitUrlMethod"),
      action: readAction(element),
    }),
  Dial: readDial,
  Gather: readGather,
  Record: (element) =>
    ok({
      verb: "record",
      action: readAction(element),
      silenceMs: readSeconds(element, "timeout", 5),
      maxLengthMs: readSeconds(element, "maxLength", 3600, 14_400),
      finishOnKey: element.attributes["finishOnKey"] ?? "1234567890*#",
      playBeep: readFlag(element, "playBeep", true),
      statusCallback: readCallback(element, "recordingStatusCallback", "completed"),
    }),
  Start: (element) =>
    readOnly(element, { Transcription: readTranscription, Stream: readStream("start-stream") }),
  Stop: (element) =>
    readOnly(element, {
      Transcription: (child) => ok({ verb: "stop-transcription", name: child.attributes["name"] ?? null }),
      Stream: (child) => ok({ verb: "stop-stream", name: child.attributes["name"] ?? null }),
    }),
  Connect: (element) => readOnly(element, { Stream: readStream("connect-stream") }),
};

function readOnly(
  element: XmlElement,
  nouns: Record<string, (child: XmlElement, parent: XmlElement) => Result<Verb, string>>,
): Result<Verb, string> {
  const child = element.children[0];
  const read = child && nouns[child.name];
  return read ? read(child, element) : err(`12200 <${element.name}> holds nothing that is understood`);
}

function readGather(element: XmlElement): Result<Verb, string> {
  const prompts = readVerbs(element);
  if (!prompts.ok) return prompts;
  return ok({
    verb: "gather",
    action: readAction(element),
    timeoutMs: readSeconds(element, "timeout", 5),
    numDigits: element.attributes["numDigits"] ? readCount(element, "numDigits", 1, 1000) : null,
    finishOnKey: element.attributes["finishOnKey"] ?? "#",
    actionOnEmptyResult: readFlag(element, "actionOnEmptyResult", false),
    prompts: prompts.value,
  });
}

function readTrack(element: XmlElement, fallback: StreamVerb["track"]): StreamVerb["track"] {
  const track = element.attributes["track"];
  return track === "inbound_track" || track === "outbound_track" || track === "both_tracks"
    ? track
    : fallback;
}

function readTranscription(element: XmlElement): Result<TranscriptionVerb, string> {
  return ok({
    verb: "start-transcription",
    name: element.attributes["name"] ?? null,
    statusCallback: readCallback({ ...element, attributes: withCallbackUrl(element) }, "statusCallback", ""),
    track: readTrack(element, "both_tracks"),
    inboundTrackLabel: element.attributes["inboundTrackLabel"] ?? null,
    outboundTrackLabel: element.attributes["outboundTrackLabel"] ?? null,
    partialResults: readFlag(element, "partialResults", false),
    languageCode: element.attributes["languageCode"] ?? "en-US",
  });
}

// <Transcription> alone calls it statusCallbackUrl.
function withCallbackUrl({ attributes }: XmlElement): Record<string, string> {
  return {
    ...attributes,
    statusCallback: attributes["statusCallbackUrl"] ?? attributes["statusCallback"] ?? "",
  };
}

function readStream(verb: StreamVerb["verb"]) {
  return (element: XmlElement, parent: XmlElement): Result<StreamVerb, string> => {
    const url = element.attributes["url"];
    if (!url) return err("12200 <Stream> needs a url");
    return ok({
      verb,
      name: element.attributes["name"] ?? null,
      url,
      track: readTrack(element, "inbound_track"),
      parameters: readParameters(element),
      statusCallback: readCallback(element, "statusCallback", ""),
      action: readAction(parent),
    });
  };
}
