import type { ModelProvider, ProviderAccess } from "../../../sync-server/ai/index.ts";
import type { ProviderUnderTest } from "../../contracts/model-provider.ts";
import type { Dialect } from "./dialect.ts";
import { sends, startModelServer, streams, type Asked } from "./model-server.ts";

/** What a PNG begins with. */
const pixel = Buffer.from("89504e470d0a1a0a0000", "hex");

/** A provider and a stand-in that answers all of it in its form. */
export async function stageProvider(
  dialect: Dialect,
  create: (access: ProviderAccess) => ModelProvider,
): Promise<ProviderUnderTest> {
  const server = await startModelServer();
  const answerTo = (asked: Asked, text: string) => {
    if (asked.path.includes("/embeddings")) return dialect.beyondWords?.vectors(asked);
    if (asked.path.includes("/images/")) return dialect.beyondWords?.picture(pixel);
    return dialect.says(text);
  };
  return {
    provider: create(dialect.access(server.url)),
    answers: (text) =>
      server.replies((response, asked) => {
        const isStream = (asked.body as { stream?: boolean }).stream === true;
        const reply = isStream ? streams(dialect.events(cut(text))) : sends(200, answerTo(asked, text));
        reply(response, asked);
      }),
    close: () => server.close(),
  };
}

/** Into at most a hundred pieces, wherever that cuts. */
function cut(text: string): string[] {
  const size = Math.max(3, Math.ceil(text.length / 100));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
}
