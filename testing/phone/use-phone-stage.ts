import { expect, test, type Page } from "@playwright/test";
import { callRules } from "../../shared/calls/call-record.ts";
import { foldCall } from "../../shared/calls/fold-call.ts";
import type { CallState, PhaseName } from "../../shared/calls/call.ts";
import { CallEvent, type CallTarget } from "../../shared/calls/call-event.ts";
import { newRecordId, type RecordId } from "../../shared/entities/id.ts";
import { closeWindows } from "../e2e/close-windows.ts";
import { ownNumber, startTestSimulator, type TestSimulator } from "../simulator/start-test-simulator.ts";
import { createPhoneReplica, type PhoneReplica } from "./phone-replica.ts";
import { openPhoneViewer, type PhoneViewer } from "./phone-viewer.ts";
import { servePhonePage, type PhonePage } from "./serve-phone-page.ts";

/** The phone window as it is built, between a real hub and the simulated carrier. */
export type PhoneStage = {
  page: PhonePage;
  carrier: TestSimulator;
  replica: PhoneReplica;
  desk: PhoneViewer;
  /** Makes this page the phone. */
  openPhone(page: Page): Promise<Page>;
  /** Somebody calls Ana; answers the call's id. */
  callAna(): Promise<RecordId>;
  /** The carrier calls that number for her, where somebody answers and is heard. */
  letDial(to: string, answersAfterMs: number): Promise<void>;
  /** What the server makes of a dial once the other side has picked up. */
  tellAnswered(callId: RecordId, to: string): void;
  /** … and of a transfer of hers whose target has. */
  tellPickedUp(callId: RecordId, target: CallTarget): void;
  phaseOf(callId: RecordId): PhaseName | undefined;
  /** Until the desk sees the call so. */
  untilPhase(callId: RecordId, ...wanted: PhaseName[]): Promise<void>;
};

/** All of it anew for each test of this file, but for the page as it is built. */
export function usePhoneStage(): PhoneStage {
  const at = { ...actions() } as PhoneStage;
  test.beforeAll(async () => {
    at.page = await servePhonePage();
  });
  test.afterAll(() => at.page.close());
  test.beforeEach(async () => {
    at.carrier = await startTestSimulator();
    at.replica = createPhoneReplica({
      access: async () => ({ ok: true, value: at.carrier.accessOf("ana") }),
      permit: async (callId, to) => ({
        ok: true,
        value: { callId: callId as never, to, from: "+14155550199", announce: false },
      }),
      control: async () => ({ ok: true, value: {} }),
    });
    at.page.serve(at.replica.router);
    at.desk = await openPhoneViewer(at.page.url);
  });
  test.afterEach(async ({ browser }) => {
    await closeWindows(browser);
    at.desk.close();
    at.replica.close();
    await at.carrier.close();
  });
  return at;
}

function actions(): Partial<PhoneStage> & ThisType<PhoneStage> {
  return {
    async openPhone(phone) {
      await phone.addInitScript(countMicrophones);
      await phone.goto(`${this.page.url}/phone.html`);
      await expect(phone.getByText("Ready for calls.")).toBeVisible();
      return phone;
    },
    async callAna() {
      const callId = newRecordId();
      this.carrier.webhooks.answers.set(
        "/voice",
        () =>
          `<Response><Dial><Client><Identity>ana</Identity><Parameter name="callId" value="${callId}"/></Client></Dial></Response>`,
      );
      await this.carrier.control("POST", "/calls", { script: "tone", mode: "straight", stays: true });
      await this.desk.until(({ calls }) => calls.some((call) => call.callId === callId));
      return callId;
    },
    async letDial(to, afterMs) {
      this.carrier.webhooks.answers.set(
        "/outgoing",
        () => `<Response><Dial answerOnBridge="true" callerId="${ownNumber}">${to}</Dial></Response>`,
      );
      const outcome = { kind: "answers", afterMs, script: "tone", mode: "straight", stays: true };
      await this.carrier.control("PUT", `/outcomes/${to}`, outcome);
    },
    tellAnswered(callId, to) {
      const requested = { type: "requested", from: ownNumber, to, ...dialled, agentId: "ana" };
      this.replica.receive({ [callId]: { line: lineOf(callId, [requested, answered]) } });
    },
    tellPickedUp(callId, target) {
      const [asked] = this.replica.controlled.flatMap(({ callId: id, control }) => id === callId && control.do === "transfer" ? [control] : []); // prettier-ignore
      const transfer = { transferId: asked?.transferId, mode: "warm", target };
      const offered = { type: "offered", from: theirNumber, to: ownNumber, ...dialled };
      const facts = [{ type: "transfer-started", ...transfer }, { type: "transfer-answered", transferId: asked?.transferId }]; // prettier-ignore
      this.replica.receive({ [callId]: { line: lineOf(callId, [offered, answered, ...facts]) } });
    },
    phaseOf(callId) {
      return this.desk.state().calls.find((call) => call.callId === callId)?.call.phase.phase;
    },
    async untilPhase(callId, ...wanted) {
      await this.desk.until(() => wanted.some((phase) => phase === this.phaseOf(callId)));
    },
  };
}

const theirNumber = "+14155550100";
const dialled = { provider: "simulator", leadId: null };
const answered = { type: "answered", agentId: "ana" };

/** A call as the server tells it that knows this much. */
function lineOf(callId: RecordId, facts: readonly { type: string }[]): CallState | null {
  const at = new Date().toISOString();
  const head = (seq: number) => ({ source: "server:test", key: `${callId}:${seq}`, seq, at });
  const events = facts.map((fact, seq) => CallEvent.parse({ ...fact, ...head(seq) }));
  return foldCall(events, callRules);
}

/** Runs in the page, before anything else: keeps what the microphone gives, copies of it included. */
function countMicrophones(): void {
  const tracks: MediaStreamTrack[] = [];
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  const { clone } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function () {
    const copy = clone.call(this);
    if (tracks.includes(this)) tracks.push(copy);
    return copy;
  };
  Object.assign(window, {
    liveTracks: () => tracks.filter(({ readyState }) => readyState === "live").length,
  });
}

/** Tracks of this phone that still record. */
export function liveMicrophones(phone: Page): Promise<number> {
  return phone.evaluate(() => (window as unknown as { liveTracks(): number }).liveTracks());
}
