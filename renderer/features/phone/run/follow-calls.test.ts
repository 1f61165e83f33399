import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  one,
  openPhone,
  recordOfDial,
  takenBy,
  talk,
  type TestPhone,
} from "../../../../testing/phone/stepped-phone.ts";
import type { CallState } from "../../../../shared/calls/call.ts";
import type { Client } from "../../../client/index.ts";
import { createCallFollower } from "./follow-calls.ts";

const maria = { id: "lead-1", name: "Maria Kowalski", company: "Halden" };
const otto = { id: "lead-2", name: "Otto Brandt", company: "Halden" };
const ida = { id: "lead-3", name: "Ida Brandt", company: "Brandt & Co" };

const dial = { do: "dial", callId: one, to: "+14155550142", leadId: null } as const;

/** A phone in a call, and a replica of which the test says what it knows: records by id, and who has the number. */
function followCall(sharing: readonly object[], begin = (phone: TestPhone) => talk(phone, one)) {
  const phone = openPhone();
  const records: Record<string, object> = { [maria.id]: maria, [otto.id]: otto, [ida.id]: ida };
  const watches = new Set<() => void>();
  const watch = ({ name }: { name: string }, { id = "" }: { id?: string }, emit: (value: object) => void) => {
    const look = () =>
      emit(
        name === "records.get"
          ? { record: records[id] ?? null, unsent: { waiting: [] } }
          : { leads: sharing },
      );
    watches.add(look);
    queueMicrotask(() => watches.has(look) && look());
    return () => void watches.delete(look);
  };
  const follower = createCallFollower({ watch } as unknown as Client, (event) => {
    phone.tell(event);
    follower.look(phone.phone());
  });
  begin(phone);
  follower.follow(one);
  follower.look(phone.phone());
  return {
    /** Once every answer of the replica has come. */
    async expectShown(lead: object) {
      await setImmediate();
      expect(phone.shown().calls[0]).toMatchObject(lead);
    },
    /** As the replica tells the call. `leadId`: what people say of it, `line.leadId` what the line suggests. */
    tell(leadId: string | null, line: CallState = takenBy("ana")) {
      records[one] = { leadId, line };
      for (const look of watches) look();
    },
  };
}

test("a number that one lead has is theirs, also once somebody has said so", async () => {
  const call = followCall([maria]);
  await call.expectShown({ leadId: maria.id, name: maria.name });
  call.tell(maria.id);
  await call.expectShown({ leadId: maria.id, name: maria.name });
});

test("whoever is dialled has their name before the server has permitted it", async () => {
  const call = followCall([maria], (phone) => void phone.ask(dial));
  await call.expectShown({ callId: one, leadId: maria.id, name: maria.name });
});

test("a number that several share is nobody's until somebody says whose call it is", async () => {
  await followCall([maria, otto]).expectShown({ leadId: null, name: "", company: "" });
});

test("whose call it is follows what a person says of it, and goes back when that is taken back", async () => {
  const call = followCall([maria, otto]);
  call.tell(null);
  call.tell(otto.id);
  await call.expectShown({ leadId: otto.id, name: otto.name });
  call.tell(maria.id);
  await call.expectShown({ leadId: maria.id, name: maria.name });
  call.tell(null);
  await call.expectShown({ leadId: null, name: "" });
});

test("a person puts right whom the line suggested, and takes that back", async () => {
  const line = { ...recordOfDial("answered"), leadId: maria.id as CallState["leadId"] };
  const call = followCall([]);
  call.tell(maria.id, line);
  await call.expectShown({ leadId: maria.id, name: maria.name });
  call.tell(ida.id, line);
  await call.expectShown({ leadId: ida.id, name: ida.name, company: ida.company });
  call.tell(maria.id, line);
  await call.expectShown({ leadId: maria.id, name: maria.name });
});
