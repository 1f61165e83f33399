import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../carrier/core.ts";
import { apiVersion, rfc2822 } from "../carrier/forms.ts";
import type { Application, Directory, OwnNumber } from "../directory.ts";
import { readForm, text, url } from "./form.ts";
import { notFound } from "./problem.ts";
import { page } from "./wire.ts";

const address = url.or(z.literal(""));
const NumberUpdate = z.object({
  FriendlyName: text.optional(),
  VoiceUrl: address.optional(),
  VoiceFallbackUrl: address.optional(),
  StatusCallback: address.optional(),
});
const NewNumber = NumberUpdate.extend({ PhoneNumber: z.string().regex(/^\+[1-9]\d{6,14}$/) });
const ApplicationUpdate = z.object({ FriendlyName: text.optional(), VoiceUrl: address.optional() });

type Path = { Params: { sid: string } };

/** The account itself, its numbers and its TwiML applications. */
export function serveAccount(app: FastifyInstance, core: Core, directory: Directory): void {
  const { numbers, applications } = directory;

  app.get("/IncomingPhoneNumbers.json", (request) =>
    page(
      "incoming_phone_numbers",
      [...numbers.values()].map((one) => numberJson(core, one)),
      request.url,
    ),
  );
  app.get<Path>("/IncomingPhoneNumbers/:sid.json", (request) =>
    numberJson(core, find(numbers, "IncomingPhoneNumbers", request.params.sid)),
  );
  // What is a purchase at Twilio is free here.
  app.post("/IncomingPhoneNumbers.json", (request, reply) => {
    const form = readForm(NewNumber, request.body);
    const number = directory.addNumber(form.PhoneNumber);
    updateNumber(number, form);
    return reply.status(201).send(numberJson(core, number));
  });
  app.post<Path>("/IncomingPhoneNumbers/:sid.json", (request) => {
    const number = find(numbers, "IncomingPhoneNumbers", request.params.sid);
    updateNumber(number, readForm(NumberUpdate, request.body));
    return numberJson(core, number);
  });

  app.get("/Applications.json", (request) =>
    page(
      "applications",
      [...applications.values()].map((one) => applicationJson(core, one)),
      request.url,
    ),
  );
  app.get<Path>("/Applications/:sid.json", (request) =>
    applicationJson(core, find(applications, "Applications", request.params.sid)),
  );
  app.post<Path>("/Applications/:sid.json", (request) => {
    const application = find(applications, "Applications", request.params.sid);
    const form = readForm(ApplicationUpdate, request.body);
    application.friendlyName = form.FriendlyName ?? application.friendlyName;
    if (form.VoiceUrl !== undefined) application.voiceUrl = form.VoiceUrl || null;
    return applicationJson(core, application);
  });
}

function updateNumber(number: OwnNumber, form: z.infer<typeof NumberUpdate>): void {
  number.friendlyName = form.FriendlyName ?? number.friendlyName;
  if (form.VoiceUrl !== undefined) number.voiceUrl = form.VoiceUrl || null;
  if (form.VoiceFallbackUrl !== undefined) number.voiceFallbackUrl = form.VoiceFallbackUrl || null;
  if (form.StatusCallback !== undefined) number.statusCallback = form.StatusCallback || null;
}

export function accountJson(core: Core): Record<string, unknown> {
  return {
    sid: core.accountSid,
    friendly_name: "Simulated carrier",
    status: "active",
    type: "Trial",
    owner_account_sid: core.accountSid,
    date_created: rfc2822(0),
    date_updated: rfc2822(0),
    uri: `/${apiVersion}/Accounts/${core.accountSid}.json`,
    subresource_uris: {},
  };
}

function find<Item>(items: Map<string, Item>, what: string, sid: string): Item {
  const item = items.get(sid);
  if (!item) throw notFound(`/${what}/${sid}.json`);
  return item;
}

function numberJson(core: Core, number: OwnNumber): Record<string, unknown> {
  return {
    sid: number.sid,
    account_sid: core.accountSid,
    phone_number: number.phoneNumber,
    friendly_name: number.friendlyName,
    voice_url: number.voiceUrl ?? "",
    voice_method: "POST",
    voice_fallback_url: number.voiceFallbackUrl ?? "",
    status_callback: number.statusCallback ?? "",
    status_callback_method: "POST",
    capabilities: { voice: true, sms: false, mms: false, fax: false },
    api_version: apiVersion,
    date_created: rfc2822(0),
    date_updated: rfc2822(0),
    uri: `/${apiVersion}/Accounts/${core.accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}

function applicationJson(core: Core, application: Application): Record<string, unknown> {
  return {
    sid: application.sid,
    account_sid: core.accountSid,
    friendly_name: application.friendlyName,
    voice_url: application.voiceUrl ?? "",
    voice_method: "POST",
    api_version: apiVersion,
    date_created: rfc2822(0),
    date_updated: rfc2822(0),
    uri: `/${apiVersion}/Accounts/${core.accountSid}/Applications/${application.sid}.json`,
  };
}
