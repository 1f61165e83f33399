/** What a provider must know of a request; all else is the library's curiosity, or somebody's environment. */
const sent: ReadonlySet<string> = new Set([
  "accept",
  "anthropic-version",
  "api-key",
  "authorization",
  "content-type",
  "user-agent",
  "x-api-key",
]);

/**
 * `fetch` for the providers' libraries. They add headers about this machine, and others from the process's environment
 * (`OPENAI_CUSTOM_HEADERS`); and they would follow a redirect with key and question to wherever it leads.
 */
export function plainFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const headers = [...new Headers(init.headers)].filter(([name]) => sent.has(name));
  return fetch(input, { ...init, headers, redirect: "error" });
}
