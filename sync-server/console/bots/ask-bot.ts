import type { Bot } from "../../../shared/bot/bot.ts";
import type { ChatEvent } from "../../../shared/bot/conversation.ts";
import { TryPart, tryBotPath } from "../../../shared/bot/wire.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { WireError } from "../../../shared/sync/wire.ts";

const cutOff = "The answer broke off. Ask again.";

/**
 * Asks a bot as it stands in the form. Calls `onComing` with all of the answer that is here so far.
 * @returns the conversation from then on, or what went wrong
 */
export async function askBot(
  body: { bot: Bot; events: readonly ChatEvent[]; said: string },
  onComing: (text: string) => void,
): Promise<Result<ChatEvent[], string>> {
  try {
    const response = await fetch(tryBotPath, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) return err(await refusalOf(response));
    return await readParts(response, onComing);
  } catch {
    return err("The server does not answer.");
  }
}

async function readParts(
  response: Response,
  onComing: (text: string) => void,
): Promise<Result<ChatEvent[], string>> {
  let [text, coming] = ["", ""];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader) {
    const { value, done } = await reader.read();
    if (done) break;
    const frames = (text + value).split("\n\n");
    text = frames.pop() ?? "";
    for (const frame of frames) {
      const part = readFrame(frame);
      if (part?.kind === "events") return ok(part.events);
      if (part?.kind === "begin") coming = "";
      if (part?.kind === "text") onComing((coming += part.text));
    }
  }
  return err(cutOff);
}

function readFrame(frame: string): TryPart | null {
  const data = /^data: (.*)$/mu.exec(frame)?.[1];
  return data === undefined ? null : (TryPart.safeParse(JSON.parse(data)).data ?? null);
}

async function refusalOf(response: Response): Promise<string> {
  const refused = WireError.safeParse(await response.json().catch(() => null));
  return refused.success ? refused.data.error.message : cutOff;
}
