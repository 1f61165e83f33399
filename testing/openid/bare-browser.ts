/** As much of a browser as a chain of redirects needs: cookies, and where it ends. */
export type BareBrowser = {
  /** Follows redirects; `posted` sends a form there. */
  open(url: string, posted?: Record<string, string>): Promise<Landed>;
  /** Takes cookies that an answer to a script sets. */
  take(host: string, setCookies: readonly string[]): void;
  cookie(host: string, name: string): string | undefined;
};

export type Landed = { url: string; status: number; text: string; visited: string[] };

/** @param reach where a host that is only a name is really answered */
export function openBareBrowser(reach: Readonly<Record<string, string>>): BareBrowser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const take = (host: string, setCookies: readonly string[]) => {
    for (const line of setCookies) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = pair.split(/=(.*)/su);
      const isGone = /expires=thu, 01 jan 1970/iu.test(line);
      if (isGone) jarOf(host).delete(name);
      else jarOf(host).set(name, value);
    }
  };
  const ask = async (url: URL, posted: Record<string, string> | undefined) => {
    const origin = reach[url.host] ?? url.origin;
    const cookie = [...jarOf(url.host)].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(origin + url.pathname + url.search, {
      redirect: "manual",
      headers: { ...(cookie && { cookie }) },
      ...(posted && { method: "POST", body: new URLSearchParams(posted) }),
    });
    take(url.host, answer.headers.getSetCookie());
    return answer;
  };
  return {
    take,
    cookie: (host, name) => jarOf(host).get(name),
    async open(start, posted) {
      const visited: string[] = [];
      let [url, form] = [new URL(start), posted];
      for (;;) {
        visited.push(url.href);
        if (visited.length > 20) throw new Error(`redirects without an end: ${visited.join(" → ")}`);
        const answer = await ask(url, form);
        const next = answer.headers.get("location");
        if (next === null)
          return { url: url.href, status: answer.status, text: await answer.text(), visited };
        [url, form] = [new URL(next, url), undefined];
      }
    },
  };
}
