import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext } from "@playwright/test";
import { WebSocketServer, type WebSocket } from "ws";
import { whenShown } from "../calls/page-clock.ts";

const page = `<!doctype html><p></p><script>
  new WebSocket(location.origin.replace("http", "ws")).onmessage = ({ data }) => {
    document.querySelector("p").textContent = data;
  };
</script>`;

/**
 * The floor of everything that a window is told: a bare server sends a message, a bare page shows it.
 * @returns ms from sending to each painting
 */
export async function bareWindow(context: BrowserContext, messages: number): Promise<number[]> {
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
  const sockets = new WebSocketServer({ server });
  const connected = new Promise<WebSocket>((resolve) => sockets.once("connection", resolve));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const window = await context.newPage();
  const taken: number[] = [];
  try {
    await window.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const socket = await connected;
    for (let index = 0; index < messages; index++) {
      const shown = await whenShown(window, { selector: "p", text: `message ${index}.` });
      const sentAt = performance.timeOrigin + performance.now();
      socket.send(`message ${index}.`);
      taken.push((await shown.at) - sentAt);
    }
  } finally {
    await window.close();
    sockets.close();
    server.close();
  }
  return taken;
}
