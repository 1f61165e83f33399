import type { z } from "zod";
import {
  AnswerPart,
  ApprovalAnswer,
  assistantPaths,
  AssistantStatus,
  InsightAnswer,
  MatchAnswer,
  type ApprovalRequest,
  type WriteRequest,
} from "../../../shared/assistant/server-wire.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import { WireError } from "../../../shared/sync/wire.ts";
import { Anything } from "../phone/ask-telephony.ts";
import { askJson, type AskError } from "../server/ask-json.ts";
import { signedOut, timeoutMs, unreachable, type NoHelp } from "./no-help.ts";
import { createAskPictures, type AskPictures } from "./pictures/ask-pictures.ts";

/** The way to the server's assistant. */
export type AskAssistant = AskPictures & {
  /** Calls `onPart` with every part, `end` included, unless it is an error. */
  write(
    request: WriteRequest,
    onPart: (part: AnswerPart) => void,
    signal: AbortSignal,
  ): Promise<Result<void, NoHelp>>;
  dealInsight(dealId: string): Promise<Result<InsightAnswer, NoHelp>>;
  /** Which model answers; "" = the server's rules. */
  status(): Promise<Result<AssistantStatus, NoHelp>>;
  matches(leadId: string): Promise<Result<MatchAnswer, NoHelp>>;
  /** Asks for somebody else's approval; `refused` says why the server does not take it, null = ask again later. */
  approve(request: ApprovalRequest): Promise<Result<ApprovalAnswer, { refused: NoHelp | null }>>;
  /** @returns false where it is to be said again later; what the server refuses it would refuse for ever */
  rate(requestId: string, useful: boolean): Promise<boolean>;
};

/** A server that says nothing for so long is gone, also in the middle; the rules of this device are at hand. */
const longestSilenceMs = 35_000;

/** Refusals that pass: signed out for the moment, too slow, too many at once. */
const passing: ReadonlySet<number> = new Set([401, 408, 429]);

function isForGood(error: AskError): error is Extract<AskError, { kind: "refused" }> {
  return error.kind === "refused" && !passing.has(error.status);
}

const cutOff: NoHelp = "The connection broke off in the middle of the answer.";

/** @param token null: nobody is signed in on the server, and nothing can be asked */
export function createAskAssistant(serverUrl: string, token: string | null, timers: Timers): AskAssistant {
  return {
    ...createAskPictures(serverUrl, token, timers),
    async write(request, onPart, signal) {
      if (token === null) return err(signedOut);
      const quiet = new AbortController();
      let cancel = timers.after(longestSilenceMs, () => quiet.abort());
      const hear = (part: AnswerPart): void => {
        cancel();
        cancel = timers.after(longestSilenceMs, () => quiet.abort());
        onPart(part);
      };
      try {
        const response = await fetch(serverUrl + assistantPaths.write, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify(request),
          signal: AbortSignal.any([signal, quiet.signal]),
          redirect: "error",
        });
        if (!response.ok) return err(await refusalOf(response));
        return await readParts(response, hear);
      } catch {
        return err(signal.aborted ? "Stopped." : unreachable);
      } finally {
        cancel();
      }
    },
    dealInsight: (dealId) => ask("POST", assistantPaths.dealInsight, { dealId }, InsightAnswer),
    status: () => ask("GET", assistantPaths.status, undefined, AssistantStatus),
    matches: (leadId) => ask("POST", assistantPaths.matches, { leadId }, MatchAnswer),
    async approve(request) {
      if (token === null) return err({ refused: null });
      const asked = await send("POST", assistantPaths.approvals, request, ApprovalAnswer);
      if (asked.ok) return asked;
      const { error } = asked;
      return err({ refused: isForGood(error) ? error.error.message : null });
    },
    async rate(requestId, useful) {
      if (token === null) return false;
      const told = await send("POST", assistantPaths.ratings, { requestId, useful }, Anything);
      return told.ok || isForGood(told.error);
    },
  };

  function send<S extends z.ZodType>(method: "GET" | "POST", path: string, body: unknown, schema: S) {
    return askJson({ method, url: serverUrl + path, token, body, timeoutMs, timers }, schema);
  }

  async function ask<S extends z.ZodType>(
    method: "GET" | "POST",
    path: string,
    body: unknown,
    schema: S,
  ): Promise<Result<z.output<S>, NoHelp>> {
    if (token === null) return err(signedOut);
    const answer = await send(method, path, body, schema);
    if (answer.ok) return answer;
    const { error } = answer;
    return err(error.kind === "refused" ? error.error.message : (error.trouble ?? unreachable));
  }
}

async function refusalOf(response: Response): Promise<NoHelp> {
  const refused = WireError.safeParse(await response.json().catch(() => null));
  return refused.success
    ? refused.data.error.message
    : `The server answered with an error (${response.status}).`;
}

/** More than any answer; a line without an end is no answer. */
const longestLine = 200_000;

async function readParts(
  response: Response,
  onPart: (part: AnswerPart) => void,
): Promise<Result<void, NoHelp>> {
  let line = "";
  let ended = false;
  const take = (text: string): boolean => {
    const part = AnswerPart.safeParse(parseJson(text));
    if (!part.success) return false;
    ended ||= part.data.kind === "end";
    onPart(part.data);
    return true;
  };
  const chunks = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
  for await (const chunk of chunks) {
    const lines = (line + chunk).split("\n");
    line = lines.pop() ?? "";
    if (!lines.every(take) || line.length > longestLine) return err(cutOff);
    // Whatever becomes of the connection now: the answer is whole.
    if (ended) return ok();
  }
  return err(cutOff);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
