import { feedStart, protocolVersion, PullResponse, syncPaths, type WireDoc } from "../../shared/sync/wire.ts";
import type { SignedInDevice } from "./bare-device.ts";

/**
 * Reads the feed of leads from its beginning in small steps, each from another node, for as long as it is let. What it
 * has gathered when everybody is done is what a gap in the feed would be missing from.
 */
export function followFeed(urls: readonly string[], { token, deviceId }: SignedInDevice) {
  const leads = new Map<string, WireDoc>();
  let position = { checkpoint: feedStart, scope: "" };
  let pages = 0;
  let refused = 0;
  let going = true;
  const finished = follow();

  async function follow(): Promise<void> {
    for (let turn = 0; going; turn += 1) {
      const isAtEnd = await step(urls[turn % urls.length] ?? "");
      if (isAtEnd) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** @returns whether there was nothing more, or nobody to ask */
  async function step(url: string): Promise<boolean> {
    const request = {
      protocol: protocolVersion,
      device: deviceId,
      collection: "leads",
      limit: 20,
      ...position,
    };
    const response = await fetch(url + syncPaths.pull, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(request),
    }).catch(() => null);
    if (!response?.ok) {
      refused += 1;
      return true;
    }
    const page = PullResponse.parse(await response.json());
    for (const doc of page.docs) leads.set(doc.id, doc);
    for (const id of page.gone) leads.delete(id);
    position = { checkpoint: page.checkpoint, scope: page.scope };
    pages += 1;
    return page.done;
  }

  return {
    leads,
    pages: () => pages,
    /** How often a node was not there. */
    refused: () => refused,
    /** @param last the lead that was written last: a node says that it has no more while it holds some of it back */
    async stop(last: string): Promise<void> {
      going = false;
      await finished;
      while (!leads.has(last)) await step(urls[0] ?? "");
    },
  };
}
