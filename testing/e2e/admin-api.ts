import type { Stage } from "../processes/stage.ts";

/** What the tenant's admin does in the console, through the interface that the console uses. */
export interface Admin {
  /** @throws with the server's words where it refuses */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** Signs in as the demo tenant's admin, in a browser of no one. */
export async function signInAdmin({ serverUrl }: Pick<Stage, "serverUrl">): Promise<Admin> {
  const signedIn = await fetch(`${serverUrl}/api/v1/session/demo`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: serverUrl },
    body: JSON.stringify({ userId: "demo-grace", client: { kind: "browser" } }),
  });
  if (!signedIn.ok) throw new Error(`the admin could not sign in: ${await signedIn.text()}`);
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return {
    async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const response = await fetch(`${serverUrl}/api/v1${path}`, {
        method,
        headers: { cookie, origin: serverUrl, ...(body ? { "content-type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
      return (text === "" ? null : JSON.parse(text)) as Answer;
    },
  };
}

/** Somebody who signs in with a password: the people of the demo have none. */
export interface Newcomer {
  name: string;
  email: string;
  password: string;
}

/** Invites an agent into the team that Ana and Ben are in, and takes the invitation up for them. */
export async function addAgent({ serverUrl }: Pick<Stage, "serverUrl">, { name, email, password }: Newcomer) {
  const admin = await signInAdmin({ serverUrl });
  const invitation = { email, role: "agent", teamIds: ["demo-new-business"] };
  const { link } = await admin.ask<{ link: string }>("POST", "/people/invitations", invitation);
  const accepted = await fetch(
    `${serverUrl}/api/v1/session/invitations/${new URL(link).pathname.split("/").at(-1)}`,
    {
      method: "POST",
      headers: { "content-type": "application/json", origin: serverUrl },
      body: JSON.stringify({ name, password, client: { kind: "browser" } }),
    },
  );
  if (!accepted.ok) throw new Error(`the invitation was not taken up: ${await accepted.text()}`);
}
