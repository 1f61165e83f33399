// The desk on answers from memory, for looking at screens. Not part of the product.
import { connectClient } from "../../shared/rpc/client.ts";
import { answerCoaching, type CoachingScene } from "../fakes/desk/coaching-answers.ts";
import { answerCallLists, type DiallerScene } from "../fakes/desk/call-list-answers.ts";
import { createFakeDesk, type FakeDesk } from "../fakes/desk/desk-pipe.ts";
import { answerLeads } from "../fakes/desk/lead-answers.ts";
import { answerPhone, type PhoneScene } from "../fakes/desk/phone-answers.ts";

declare global {
  interface Window {
    /** What a test sets before the page loads. */
    scene?: { leads?: number; phone?: PhoneScene; dialler?: DiallerScene; coaching?: CoachingScene };
    desk?: FakeDesk;
  }
}

const now = () => new Date();
const desk = createFakeDesk(now, [
  answerLeads(window.scene?.leads ?? 38, now),
  answerPhone(window.scene?.phone ?? "off", now),
  answerCallLists(window.scene?.dialler ?? "off", now),
  answerCoaching(window.scene?.coaching ?? "off", now),
]);
window.desk = desk;
const client = connectClient(desk.pipe);
// One is shown and not both: each has style sheets of its own.
if (location.pathname === "/overlay")
  (await import("../../renderer/app/start-overlay.tsx")).startOverlay(client);
else (await import("../../renderer/app/start-desk.tsx")).startDesk(client);
