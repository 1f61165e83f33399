/** What a provider must know of a request; all else is the library's curiosity, or somebody's environment. */
const sent: ReadonlySet<string> = new Set(["accept", "anthropic-version", "content-type", "user-agent"]);

/**
 * `fetch` for the providers' libraries, with the headers that let us in. They add others about this machine, and from
 * the process's environment (`OPENAI_CUSTOM_HEADERS`), which may be other keys; and they would follow a redirect with
 * key and question to wherever it leads.
 */
export function createPlainFetch(access: Readonly<Record<string, string>>): typeof fetch {
  return (input, init = {}) => {
    const plain = [...new Headers(init.headers)].filter(([name]) => sent.has(name));
    return fetch(input, { ...init, headers: { ...Object.fromEntries(plain), ...access }, redirect: "error" });
  };
}
