import type { ModelProvider, ProviderAccess } from "../../../sync-server/ai/index.ts";
import type { ProviderUnderTest } from "../../contracts/model-provider.ts";
import type { Dialect } from "./dialect.ts";
import { sends, startModelServer, streams } from "./model-server.ts";

/** A provider and a stand-in that answers all of it in its form. */
export async function stageProvider(
  dialect: Dialect,
  create: (access: ProviderAccess) => ModelProvider,
): Promise<ProviderUnderTest> {
  const server = await startModelServer();
  return {
    provider: create(dialect.access(server.url)),
    answers: (text) =>
      server.replies((response, asked) => {
        const isStream = (asked.body as { stream?: boolean }).stream === true;
        const reply = isStream ? streams(dialect.events(cut(text))) : sends(200, dialect.says(text));
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
