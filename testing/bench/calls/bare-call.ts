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
  const { caller, called, close } = await openPages(browser);
  try {
    const taken: number[] = [];
    for (let index = 0; index <= runs; index++) {
      const tookMs = await callOnce(caller, called);
      if (index > 0) taken.push(tookMs);
    }
    return taken;
  } finally {
    await close();
  }
}

async function openPages(browser: Browser) {
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
  return {
    caller,
    called,
    async close() {
      await context.close();
      relay.close();
      server.close();
    },
  };
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

/** A call between the same two pages that stays up: what becomes of sound on this machine, whoever sends it. */
export async function openBareTalk(browser: Browser): Promise<{ called: Page; close(): Promise<void> }> {
  const { caller, called, close } = await openPages(browser);
  const answered = called.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { socket } = globalThis as unknown as { socket: WebSocket };
        const connection = new RTCPeerConnection();
        Object.assign(globalThis, { connections: [connection] });
        connection.addEventListener("track", ({ streams }) => {
          const sound = new Audio();
          sound.srcObject = streams[0] ?? null;
          void sound.play();
          resolve();
        });
        connection.addEventListener("icecandidate", ({ candidate }) => {
          if (candidate === null) socket.send(connection.localDescription?.sdp ?? "");
        });
        const take = async ({ data }: MessageEvent<string>) => {
          await connection.setRemoteDescription({ type: "offer", sdp: data });
          await connection.setLocalDescription();
        };
        socket.addEventListener("message", (message) => void take(message), { once: true });
      }),
  );
  await caller.evaluate(async () => {
    const { socket } = globalThis as unknown as { socket: WebSocket };
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    const connection = new RTCPeerConnection();
    for (const track of sound.getTracks()) connection.addTrack(track, sound);
    const connected = new Promise<void>((resolve) => {
      connection.addEventListener("connectionstatechange", () => {
        if (connection.connectionState === "connected") resolve();
      });
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate === null) socket.send(connection.localDescription?.sdp ?? "");
    });
    const take = ({ data }: MessageEvent<string>) =>
      void connection.setRemoteDescription({ type: "answer", sdp: data });
    socket.addEventListener("message", take, { once: true });
    await connection.setLocalDescription();
    await connected;
  });
  await answered;
  return { called, close };
}
