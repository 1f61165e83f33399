import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { cookieOf, providerCookie, providerCookieOf } from "../cookie.ts";
import { isSecure, originOf } from "../hand-over.ts";
import { takeAnswer, takeConfirmation } from "./answer.ts";
import { pagesPath, type ProviderDeps } from "./deps.ts";
import { confirmPage, donePage, troublePage } from "./pages.ts";

const hidden = { schema: { hide: true } } as const;
const consoleUrl = "/console/";

const providerId = z.string().regex(/^[\w-]{1,64}$/u);
const Said = z.object({ confirm: z.string().min(20).max(100), theirs: z.enum(["yes", "no"]) });

/** Where a provider sends a browser back to. Answers are pages, because a person reads them. */
export async function addProviderPages(app: FastifyInstance, deps: ProviderDeps): Promise<void> {
  await app.register(async (pages) => {
    pages.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status < 500)
        return sayTrouble(reply, status, "This cannot be taken now. Wait a minute and try again.");
      request.log.error({ err: error }, "a provider’s answer could not be taken");
      return sayTrouble(reply, 500, "Something went wrong in the server. Try again in a little while.");
    });
    pages.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 4_096 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    addCallback(pages, deps);
    addConfirmation(pages, deps);
  });
}

function addCallback(pages: FastifyInstance, deps: ProviderDeps): void {
  pages.get<{ Params: { id: string } }>(`${pagesPath}/:id/callback`, hidden, async (request, reply) => {
    if (!providerId.safeParse(request.params.id).success)
      return sayTrouble(reply, 404, "There is no such way to sign in.");
    const browserText = providerCookie(request.headers.cookie);
    const answered = await takeAnswer(deps, {
      ...{ providerId: request.params.id, browserText, origin: originOf(request) },
      query: new URL(request.url, "http://here").searchParams,
    });
    // Who came from a desk goes back to it.
    if (!answered.ok) return sayTrouble(reply, 403, answered.error.message, browserText && consoleUrl);
    if (answered.value.for === "desk") return send(reply, confirmPage(answered.value));
    const { token, session } = answered.value.began;
    reply.header("cache-control", "no-store");
    const secure = isSecure(request);
    reply.header("set-cookie", [
      cookieOf(token, secure, new Date(session.expiresAt)),
      providerCookieOf("", pagesPath, secure, new Date(0)),
    ]);
    return reply.redirect(consoleUrl, 303);
  });
}

/** What the page carries is known to that page alone: no other site can say yes for the person. */
function addConfirmation(pages: FastifyInstance, deps: ProviderDeps): void {
  pages.post(`${pagesPath}/confirm`, hidden, async (request, reply) => {
    const said = Said.safeParse(request.body);
    const isTheirs = said.data?.theirs === "yes";
    if (!said.success || !(await takeConfirmation(deps, said.data.confirm, isTheirs)))
      return sayTrouble(
        reply,
        404,
        "This sign-in took too long, or was finished already. Begin again in Ringside.",
      );
    return send(reply, donePage(isTheirs));
  });
}

function sayTrouble(
  reply: FastifyReply,
  status: number,
  message: string,
  back: string | null = null,
): FastifyReply {
  return send(reply.status(status), troublePage(message, back));
}

function send(reply: FastifyReply, page: string): FastifyReply {
  return reply.header("cache-control", "no-store").type("text/html; charset=utf-8").send(page);
}
