import { join } from "node:path";
import type { LocalClock, Timers } from "../../../shared/result/ports.ts";
import type { coachingContract } from "../../../shared/rpc/contract/coaching.ts";
import type { Preferences } from "../../../shared/rpc/contract/session.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { AskTelephony } from "../phone/ask-telephony.ts";
import type { PhoneHub } from "../phone/phone-hub.ts";
import type { Replica } from "../replica.ts";
import type { HostPort } from "../session/host-port.ts";
import { createReportHandlers } from "./call-report.ts";
import { createCallTranscript } from "./call-transcript.ts";
import { createCoachingHandlers } from "./coaching-handlers.ts";
import { createWordCard } from "./card-words.ts";
import { createCompiledPlaybooks } from "./compiled-playbooks.ts";
import { openDeedFile } from "./deed-file.ts";
import { createLiveCoach } from "./live-coach.ts";
import { createCompareMeanings } from "./meanings-heard.ts";
import { createWhyUnheard } from "./why-unheard.ts";
import type { Transcripts } from "./transcripts.ts";

export type CoachingPorts = {
  replica: Replica;
  transcripts: Transcripts;
  settings: TenantSettings;
  hub: Pick<PhoneHub, "state" | "onState">;
  host: Pick<HostPort, "openOverlay" | "catchClicks">;
  ask: AskTelephony;
  /** Whether the overlay opens by itself. */
  overlay: () => Preferences["overlay"];
  /** The person's own. */
  folder: string;
  clock: LocalClock;
  timers: Timers;
};

export type Coaching = {
  handlers: Handlers<typeof coachingContract>;
  /** How loud the other side of the call is, 0 to 1, ten times a second. */
  hearLevel(level: number): void;
  close(): void;
};

/** Help during calls, and what each came to. */
export function openCoaching(ports: CoachingPorts): Coaching {
  const { replica, transcripts, host, clock, folder } = ports;
  const compiled = createCompiledPlaybooks();
  const coach = createLiveCoach({
    ...{ ...ports, compiled },
    teamId: () => replica.me.teamIds[0] ?? null,
    wordCard: createWordCard(ports.ask),
    compareMeanings: createCompareMeanings(ports.ask),
    whyUnheard: createWhyUnheard(ports.ask),
    deeds: openDeedFile(join(folder, "coaching.json")),
    onUp() {
      // Where only a click can open it, the panel shows all of it until that comes.
      if (ports.overlay() === "automatic") void host.openOverlay().catch(() => {});
    },
  });
  return {
    handlers: {
      ...createCoachingHandlers({ replica, coach, host, clock }),
      ...createReportHandlers({ ...ports, compiled, alike: coach.alike }),
      callTranscript: createCallTranscript(replica.reads, transcripts),
    },
    hearLevel: coach.hearLevel,
    close: coach.close,
  };
}
