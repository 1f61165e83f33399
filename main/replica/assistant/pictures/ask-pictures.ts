import type { z } from "zod";
import { mostPictureBytes } from "../../../../shared/ai/vocabulary.ts";
import {
  DrawAnswer,
  picturePaths,
  UsedPicture,
  type DrawRequest,
} from "../../../../shared/assistant/listings/picture-wire.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Timers } from "../../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../../shared/result/result.ts";
import { askJson, type AskError } from "../../server/ask-json.ts";
import { signedOut, timeoutMs, unreachable, type NoHelp } from "../no-help.ts";

/** The way to the server's pictures. */
export type AskPictures = {
  draw(request: DrawRequest, signal: AbortSignal): Promise<Result<DrawAnswer, NotDrawn>>;
  usedPicture(listingId: RecordId): Promise<Result<UsedPicture, NoHelp>>;
  /** Null: the listing is to have none. */
  putPicture(listingId: RecordId, id: RecordId | null): Promise<Result<UsedPicture, NoHelp>>;
  pictureFile(id: RecordId, signal: AbortSignal): Promise<Result<Uint8Array, NoHelp>>;
};

/** `unreachable`: no server said so, as there is none that could be asked. */
export type NotDrawn = { why: NoHelp; unreachable: boolean };

/** Longer than the server gives a model that draws. */
const drawnWithinMs = 150_000;

/** @param token null: nobody is signed in on the server, and nothing can be asked */
export function createAskPictures(serverUrl: string, token: string | null, timers: Timers): AskPictures {
  type Asked = { path: string; body?: unknown; timeoutMs: number; signal?: AbortSignal };

  async function send<S extends z.ZodType>({ path, ...asked }: Asked, schema: S) {
    const method = asked.body === undefined ? "GET" : "POST";
    return askJson({ ...asked, method, url: serverUrl + path, token, timers }, schema);
  }
  async function ask<S extends z.ZodType>(asked: Asked, schema: S): Promise<Result<z.output<S>, NoHelp>> {
    if (token === null) return err(signedOut);
    const answer = await send(asked, schema);
    return answer.ok ? answer : err(wordsOf(answer.error));
  }

  return {
    async draw(body, signal) {
      if (token === null) return err({ why: signedOut, unreachable: true });
      const asked = { path: picturePaths.draw, body, timeoutMs: drawnWithinMs, signal };
      const first = await send(asked, DrawAnswer);
      // Where the connection broke the server may have gone on: asked for the same, it draws no other.
      const isLost = !first.ok && first.error.kind === "no-answer" && !signal.aborted;
      const answer = isLost ? await send(asked, DrawAnswer) : first;
      if (answer.ok) return answer;
      return err({ why: wordsOf(answer.error), unreachable: isNobodyThere(answer.error) });
    },
    usedPicture: (listingId) => ask({ path: picturePaths.used(listingId), timeoutMs }, UsedPicture),
    putPicture: (listingId, id) =>
      ask({ path: picturePaths.used(listingId), body: { id }, timeoutMs }, UsedPicture),
    pictureFile: (id, signal) =>
      token === null
        ? Promise.resolve(err(signedOut))
        : readFile(serverUrl + picturePaths.file(id), token, signal),
  };
}

function wordsOf(error: AskError): NoHelp {
  return error.kind === "refused" ? error.error.message : (error.trouble ?? unreachable);
}

/** A proxy in front of the server says so in a page of its own. */
function isNobodyThere(error: AskError): boolean {
  return error.kind === "no-answer" && (error.trouble === null || isBadGateway.has(error.status));
}

const isBadGateway: ReadonlySet<number | undefined> = new Set([502, 504]);

async function readFile(
  url: string,
  token: string,
  signal: AbortSignal,
): Promise<Result<Uint8Array, NoHelp>> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      redirect: "error",
    });
    if (!response.ok) return err(`The server did not give the picture (${response.status}).`);
    const length = Number(response.headers.get("content-length") ?? "0");
    if (length > mostPictureBytes) return err("This picture is too large to be kept here.");
    return ok(new Uint8Array(await response.arrayBuffer()));
  } catch {
    return err("The picture is not on this computer, and the server cannot be reached.");
  }
}
