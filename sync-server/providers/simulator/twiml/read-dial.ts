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
import type { XmlElement } from "./parse-xml.ts";
import type { ConferenceNoun, DialNoun, DialVerb } from "./verbs.ts";

const ringsAtMost = 10;

/** Reads <Dial> with its nouns; plain text inside it is a number. */
export function readDial(element: XmlElement): Result<DialVerb, string> {
  const conference = element.children.find((child) => child.name === "Conference");
  const queue = element.children.find((child) => child.name === "Queue");
  const nouns = readNouns(element);
  if (!nouns.ok) return nouns;
  return ok({
    verb: "dial",
    action: readAction(element),
    callerId: element.attributes["callerId"] ?? null,
    timeoutMs: readSeconds(element, "timeout", 30, 600),
    timeLimitMs: readSeconds(element, "timeLimit", 14_400, 86_400),
    answerOnBridge: readFlag(element, "answerOnBridge", false),
    hangupOnStar: readFlag(element, "hangupOnStar", false),
    record: element.attributes["record"] ?? "do-not-record",
    recordingStatusCallback: readCallback(element, "recordingStatusCallback", "completed"),
    nouns: nouns.value,
    conference: conference ? readConference(conference) : null,
    queue: queue ? { name: queue.text, url: queue.attributes["url"] || null } : null,
  });
}

function readNouns(element: XmlElement): Result<DialNoun[], string> {
  const nouns: DialNoun[] = [];
  if (element.text) nouns.push(plainNumber(element.text));
  for (const child of element.children) {
    if (child.name === "Conference" || child.name === "Queue") continue;
    const noun = readNoun(child);
    if (!noun) return err(`12200 <${child.name}> is not understood in <Dial>`);
    nouns.push(noun);
  }
  return nouns.length > ringsAtMost ? err("13200 at most 10 nouns in <Dial>") : ok(nouns);
}

function plainNumber(number: string): DialNoun {
  return { noun: "number", number, url: null, statusCallback: null, machineDetection: null };
}

function readNoun(element: XmlElement): DialNoun | null {
  const url = element.attributes["url"] || null;
  const statusCallback = readCallback(element, "statusCallback", "completed");
  if (element.name === "Sip") return { noun: "sip", uri: element.text, url, statusCallback };
  if (element.name === "Number") {
    const machineDetection = element.attributes["machineDetection"] ?? null;
    return { noun: "number", number: element.text, url, statusCallback, machineDetection };
  }
  if (element.name !== "Client") return null;
  const identity = element.children.find((child) => child.name === "Identity")?.text ?? element.text;
  return { noun: "client", identity, parameters: readParameters(element), url, statusCallback };
}

function readConference(element: XmlElement): ConferenceNoun {
  return {
    name: element.text,
    startOnEnter: readFlag(element, "startConferenceOnEnter", true),
    endOnExit: readFlag(element, "endConferenceOnExit", false),
    muted: readFlag(element, "muted", false),
    beep: element.attributes["beep"] ?? "true",
    waitUrl: element.attributes["waitUrl"] ?? null,
    waitMethod: readMethod(element, "waitMethod"),
    coach: element.attributes["coach"] || null,
    record: (element.attributes["record"] ?? "do-not-record") !== "do-not-record",
    maxParticipants: readCount(element, "maxParticipants", 250, 250),
    label: element.attributes["participantLabel"] ?? null,
    statusCallback: readCallback(element, "statusCallback", "start end"),
    recordingStatusCallback: readCallback(element, "recordingStatusCallback", "completed"),
  };
}
