import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "@playwright/test";
import { WebSocketServer } from "ws";

/**
 * The least that a call costs: two pages, an offer over a WebSocket, nobody in between.
 * @returns ms from asking for the microphone to the other page's having the track, once for each run
 */
export async function bareCall(browser: Browser, runs: number): Promise<number[]> {
  const server = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end("<!doctype html><title>bare</title>"),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const relay = new WebSocketServer({ server });
  relay.on("connection", (sender) =>
    sender.on("message", (data) => {
      for (const socket of relay.clients) if (socket !== sender) socket.send(String(data));
    }),
  );
  const context = await browser.newContext();
  const [caller, called] = [await openPage(context.newPage(), port), await openPage(context.newPage(), port)];
  try {
    const taken: number[] = [];
    for (let index = 0; index <= runs; index++) {
      const tookMs = await callOnce(caller, called);
      if (index > 0) taken.push(tookMs);
    }
    return taken;
  } finally {
    await context.close();
    relay.close();
    server.close();
  }
}

async function openPage(opening: Promise<Page>, port: number): Promise<Page> {
  const page = await opening;
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate(async () => {
    const socket = new WebSocket(`ws://${location.host}`);
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    Object.assign(globalThis, { socket });
  });
  return page;
}

async function callOnce(caller: Page, called: Page): Promise<number> {
  const rings = called.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { socket } = globalThis as unknown as { socket: WebSocket };
        const connection = new RTCPeerConnection();
        connection.addEventListener("track", () => {
          resolve(performance.timeOrigin + performance.now());
          connection.close();
        });
        const take = ({ data }: MessageEvent<string>) =>
          void connection.setRemoteDescription({ type: "offer", sdp: data });
        socket.addEventListener("message", take, { once: true });
      }),
  );
  const clickedAt = await caller.evaluate(async () => {
    const { socket } = globalThis as unknown as { socket: WebSocket };
    const startedAt = performance.timeOrigin + performance.now();
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    const connection = new RTCPeerConnection();
    for (const track of sound.getTracks()) connection.addTrack(track, sound);
    const offer = await connection.createOffer();
    await connection.setLocalDescription(offer);
    socket.send(offer.sdp ?? "");
    setTimeout(() => {
      connection.close();
      for (const track of sound.getTracks()) track.stop();
    }, 50);
    return startedAt;
  });
  return (await rings) - clickedAt;
}
