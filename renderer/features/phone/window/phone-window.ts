import { phonePower } from "../../../../shared/rpc/contract/phone.ts";
import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { systemClock, systemTimers } from "../../../../shared/result/ports.ts";
import type { Client } from "../../../client/index.ts";
import { createMicrophone } from "../audio/microphone.ts";
import { runPreCallTest } from "../audio/pre-call-test.ts";
import { createRinger } from "../audio/ringer.ts";
import { openDeviceOf } from "../device/open-device.ts";
import { createHeadsetDesk } from "../headset/headset-desk.ts";
import { createAudioDesk } from "../run/audio-desk.ts";
import { runPhone } from "../run/run-phone.ts";
import { onWake } from "./wake.ts";
import { wordsOf } from "./window-words.ts";

/** Of all windows of this desk in this browser one is the phone. */
const lockName = "ringside-phone";

/** The page that owns the line. It shows little: people look at the desk. */
export async function startPhoneWindow(client: Client, page: Document = document): Promise<void> {
  const part = (id: string) => page.getElementById(id) as HTMLElement;
  const say = (id: string, text: string) => {
    part(id).textContent = text;
    part(id).hidden = text === "";
  };
  say("line", "Another window of this desk is the phone. This one takes over when it is closed.");
  // Held for as long as this page lives; the browser gives it to the next when it dies, however it does.
  await new Promise<void>((resolve) => {
    void navigator.locks.request(lockName, () => {
      resolve();
      return new Promise(() => {});
    });
  });

  const ringer = createRinger();
  const microphone = createMicrophone();
  const audio = createAudioDesk({
    client,
    microphone,
    ringer,
    media: navigator.mediaDevices,
    permission: navigator.permissions.query({ name: "microphone" }).catch(() => null),
    runTest: runPreCallTest,
  });
  const phone = runPhone({
    client,
    audio,
    headsets: createHeadsetDesk("hid" in navigator ? navigator.hid : null, {
      clock: systemClock,
      timers: systemTimers,
    }),
    openDevice: openDeviceOf,
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
  });
  phone.onChange((state, role) => show(state, role));
  onWake(systemClock, systemTimers, phone.lookAgain);
  client.onEvent(phonePower, ({ state }) => {
    if (state === "resume") phone.lookAgain();
  });

  function show(state: PhoneState, role: "phone" | "standby" | "none"): void {
    const words = wordsOf(state, role);
    say("line", words.line);
    say("call", words.call);
    part("microphone").hidden = state.microphone === "granted" || state.microphone === "missing";
    page.title = words.title;
  }

  ringer.onMuted((muted) => {
    part("ring").hidden = !muted;
  });
  part("ring").addEventListener("click", () => void ringer.start());
  part("microphone").addEventListener("click", () => void audio.ask());
  window.addEventListener("beforeunload", (event) => {
    if (phone.isInCall()) event.preventDefault();
  });
  // Asked for once, before the first call: a person who is asked while it rings misses the call.
  void audio.ask();
}
