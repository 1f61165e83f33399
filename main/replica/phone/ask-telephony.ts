import { z } from "zod";
import {
  type CallControl,
  type DemoCallRequest,
  DemoCallers,
  DialBlocked,
  DialPermit,
  LineAccess,
  telephonyPaths,
  TransferPermit,
  type DialRequest,
} from "../../../shared/calls/server-wire.ts";
import type { CallTarget } from "../../../shared/calls/call-event.ts";
import type { PhoneRefusal } from "../../../shared/calls/phone.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import { askJson, type AskError } from "../server/ask-json.ts";

export type Refused = {
  ok: false;
  error: PhoneRefusal;
  blocked: DialBlocked | null;
  /** No answer came: the server may have done it all the same. */
  isUnknown?: true;
};
export type FromServer<T> = { ok: true; value: T } | Refused;

/** What a desk asks the server about calls; nothing of it waits for a network that is not there. */
export type Telephony = {
  access(): Promise<FromServer<LineAccess>>;
  permit(request: DialRequest): Promise<FromServer<DialPermit>>;
  permitTransfer(callId: string, target: CallTarget): Promise<FromServer<TransferPermit>>;
  control(callId: string, control: CallControl): Promise<FromServer<Record<string, never>>>;
  demoCallers(): Promise<FromServer<DemoCallers>>;
  demoCall(wanted: DemoCallRequest): Promise<FromServer<Record<string, never>>>;
};

const timeoutMs = 10_000;
/** The server may answer more than we need, or nothing at all. */
export const Anything = z.unknown().transform(() => ({}));

/** One question to the server, answered in words where it cannot be asked. */
export type AskTelephony = <S extends z.ZodType>(
  method: "GET" | "POST",
  path: string,
  body: unknown,
  schema: S,
) => Promise<FromServer<z.output<S>>>;

/** @param token null: nobody is signed in on the server, and nothing can be asked */
export function createAsk(serverUrl: string, token: string | null, timers: Timers): AskTelephony {
  return async (method, path, body, schema) => {
    if (token === null) return refuse("offline", "Sign in again: the server does not know this desk.");
    const url = serverUrl + path;
    const answer = await askJson({ method, url, token, body, timeoutMs, timers }, schema);
    return answer.ok ? answer : refusalOf(answer.error);
  };
}

export function createTelephony(ask: AskTelephony): Telephony {
  return {
    access: () => ask("GET", telephonyPaths.line, undefined, LineAccess),
    permit: (request) => ask("POST", telephonyPaths.calls, request, DialPermit),
    permitTransfer: (callId, target) =>
      ask("POST", telephonyPaths.transfer(callId), { target }, TransferPermit),
    control: (callId, control) => ask("POST", telephonyPaths.control(callId), control, Anything),
    demoCallers: () => ask("GET", telephonyPaths.demoCallers, undefined, DemoCallers),
    demoCall: (wanted) => ask("POST", telephonyPaths.demoCall, wanted, Anything),
  };
}

function refusalOf(error: AskError): Refused {
  if (error.kind === "no-answer") {
    const why = error.trouble ?? "The server cannot be reached. Calls need it; all else goes on.";
    return { ...refuse("offline", why), isUnknown: true };
  }
  const { code, message, details } = error.error;
  const blocked = DialBlocked.safeParse(details);
  if (code === "forbidden" && blocked.success) {
    return { ok: false, error: { code: "blocked", message }, blocked: blocked.data };
  }
  const named = Named.safeParse(details);
  if (code === "conflict" && named.success) return refuse(named.data.code, message);
  return refuse(phoneCodes[code] ?? "failed", message);
}

const Named = z.object({ code: z.enum(["busy", "no-consent"]) });

const phoneCodes: Partial<Record<string, PhoneRefusal["code"]>> = {
  "bad-request": "bad-number",
  "not-found": "no-such-call",
  conflict: "not-possible",
  unavailable: "offline",
  unauthorised: "offline",
  revoked: "offline",
};

function refuse(code: PhoneRefusal["code"], message: string): Refused {
  return { ok: false, error: { code, message }, blocked: null };
}
