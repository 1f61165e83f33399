import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { CallState, PhaseName } from "../../shared/calls/call.ts";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { systemClock } from "../../shared/result/ports.ts";
import { inTenant, type Database } from "../../sync-server/database/index.ts";
import { saveRecords, type GivenRecord } from "../../sync-server/sync/index.ts";
import { testTenant, type PersonName } from "../server/test-identities.ts";
import { isOver, type FakeLeg } from "./fake-line.ts";
import { openLineStage, type LineStage, type LineStageOptions } from "./open-line-stage.ts";
import { sharedDatabase } from "./shared-database.ts";

export type StageInUse = ReturnType<typeof useLineStage>;

/** A stage of its own for each test of this file or group, all on one database, and what tests wait for there. */
export function useLineStage(open: () => Promise<Database>, options: LineStageOptions = {}) {
  let stage: LineStage;
  let database: Awaited<ReturnType<typeof sharedDatabase>>;
  beforeAll(async () => {
    database = await sharedDatabase(open);
  });
  beforeEach(async () => {
    stage = await openLineStage(await database.empty(), options);
  });
  afterEach(() => stage.close());
  afterAll(() => database.close());

  // What failed is tried again with pauses that grow up to half a minute.
  const soon = <T>(read: () => T, timeout = 50_000) => expect.poll(read, { timeout, interval: 10 });
  const legTo = (name: PersonName): FakeLeg | undefined =>
    stage.fake.legs().find((leg) => leg.to.kind === "desk" && leg.to.userId === name && !isOver(leg));
  const untilRings = async (name: PersonName): Promise<FakeLeg> => {
    await soon(() => legTo(name)?.status).toBe("ringing");
    return legTo(name) as FakeLeg;
  };
  const lineNow = async (): Promise<CallState | undefined> => (await stage.calls())[0]?.line;
  const phases = async () => (await stage.calls()).map(({ line }) => line.phase.phase);
  const untilPhase = (phase: PhaseName) => soon(phases).toEqual([phase]);

  const talkTo = async (caller: FakeLeg) => {
    const desk = await untilRings("ana");
    stage.fake.answer(desk);
    await untilPhase("live");
    return { caller, desk, callId: (await stage.calls())[0]?.id ?? "" };
  };

  return {
    /** The stage of the test that runs. */
    get stage(): LineStage {
      return stage;
    },
    /** Another one in this test, e.g. with another seed. */
    async begin(other: LineStageOptions) {
      await stage.close();
      stage = await openLineStage(await database.empty(), other);
    },
    soon,
    /** Where somebody's desk rings or talks. */
    legTo,
    untilRings,
    /** The first call, as it stands. */
    lineNow,
    /** Of every call there is. */
    phases,
    /** Until there is one call, and it stands there. */
    untilPhase,
    /** Ana talks to a caller; these others are at their desks. */
    async talk(...also: PersonName[]) {
      await stage.present("ana", ...also);
      return talkTo((await stage.callIn()).caller);
    },
    /** Ana talks to a caller from where the law wants a clear yes to a recording. */
    async talkToBerlin() {
      await stage.present("ana");
      const { caller, twiml } = await stage.callIn(undefined, "+493023125012");
      return { ...(await talkTo(caller)), twiml };
    },
    save(collection: "settings" | "leads", records: GivenRecord[]) {
      const now = new Date((options.clock ?? systemClock).now()).toISOString();
      return inTenant(stage.db, { tenantId: testTenant }, (tx) =>
        saveRecords(tx, testTenant, collection, records, { now }),
      );
    },
  };
}

/** What a tenant lays down about its phones: Ringside's own rules but for what is given. */
export function phoneRules(given: Partial<typeof usualPhoneRules>): GivenRecord {
  return { id: "phone-rules", kind: "phone-rules", order: 0, ...usualPhoneRules, ...given };
}
