import { servePage } from "../page-files.ts";
import type { ElectronApi, OwnPages } from "./api.ts";
import { pageScheme } from "./api.ts";

/** Gives the page an origin with a site's rights and a site's limits. Only possible before Electron is ready. */
export function declarePageScheme({ protocol }: ElectronApi): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges }]);
}

export function servePageScheme({ session }: ElectronApi, { isOurs }: OwnPages, pageDir: string): void {
  const readPage = servePage(pageDir);
  session.defaultSession.protocol.handle(pageScheme, async (request) => {
    if (!isOurs(request.url)) return new Response("Not found", { status: 404 });
    if (request.method !== "GET") return new Response("Pages can only be read.", { status: 405 });
    const { status, headers, body } = await readPage(new URL(request.url).pathname);
    return new Response(new Uint8Array(body), { status, headers });
  });
}
