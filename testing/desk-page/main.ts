// The desk on answers from memory, for looking at screens. Not part of the product.
import { startDesk } from "../../renderer/app/start-desk.tsx";
import { connectClient } from "../../shared/rpc/client.ts";
import { answerCallLists, type DiallerScene } from "../fakes/desk/call-list-answers.ts";
import { createFakeDesk, type FakeDesk } from "../fakes/desk/desk-pipe.ts";
import { answerLeads } from "../fakes/desk/lead-answers.ts";
import { answerPhone, type PhoneScene } from "../fakes/desk/phone-answers.ts";

declare global {
  interface Window {
    /** What a test sets before the page loads. */
    scene?: { leads?: number; phone?: PhoneScene; dialler?: DiallerScene };
    desk?: FakeDesk;
  }
}

const now = () => new Date();
const desk = createFakeDesk(now, [
  answerLeads(window.scene?.leads ?? 38, now),
  answerPhone(window.scene?.phone ?? "off", now),
  answerCallLists(window.scene?.dialler ?? "off", now),
]);
window.desk = desk;
startDesk(connectClient(desk.pipe));
