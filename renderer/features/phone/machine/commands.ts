import { isConnected, isOver } from "../../../../shared/calls/call.ts";
import type { CallTarget } from "../../../../shared/calls/call-event.ts";
import type { CallAbility, PhoneCommand, PhoneRefusal } from "../../../../shared/calls/phone.ts";
import type { RecordId, UserId } from "../../../../shared/entities/id.ts";
import { assertNever } from "../../../../shared/result/result.ts";
import { reportMissed } from "./device-events.ts";
import {
  findCall,
  isWanted,
  replyTo,
  withCall,
  withoutCall,
  type AskedDial,
  type Now,
  type OwnCall,
  type Phone,
  type PhoneEffect,
  type Step,
} from "./model.ts";
import { abilitiesOf, isAsking, isHeard, letGo, numberOf, say, stateOf } from "./own-call.ts";

type CommandOf<D extends PhoneCommand["do"]> = Extract<PhoneCommand, { do: D }>;
type OfCall = Exclude<
  PhoneCommand,
  { do: "dial" | "monitor" | "choose-device" | "look-for-headset" | "test" | "retry" }
>;
type Asked = { askId: string; now: Now };

/** What a person asks for becomes effects, or a reason why not. Every ask is answered once. */
export function takeCommand(phone: Phone, command: PhoneCommand, asked: Asked): Step {
  const { askId } = asked;
  switch (command.do) {
    case "dial":
      return dial(phone, command, asked);
    case "monitor":
      return monitor(phone, command, asked);
    case "choose-device":
      return {
        phone,
        effects: [{ do: "choose-device", askId, kind: command.kind, deviceId: command.deviceId }],
      };
    case "test":
      return phone.calls.some(isHeard)
        ? refuse(phone, askId, "busy", "The test needs the line: end or hold your call first.")
        : { phone, effects: [{ do: "test-audio", askId }] };
    case "look-for-headset":
    case "retry":
      return { phone, effects: [{ do: command.do, askId }] };
    default:
      return takeOfCall(phone, command, asked);
  }
}

function takeOfCall(phone: Phone, command: OfCall, asked: Asked): Step {
  const call = findCall(phone, command.callId);
  if (!call && command.do === "hang-up") return giveUpDial(phone, command.callId, asked);
  if (!call && phone.permits.some((one) => isWanted(one) && one.callId === command.callId))
    return notPossible(phone, asked.askId, notConnected);
  if (!call) return refuse(phone, asked.askId, "no-such-call", "This call is no longer here.");
  switch (command.do) {
    case "answer":
      return answer(phone, call, asked);
    case "decline":
      return decline(phone, call, asked);
    case "hang-up":
      return hangUp(phone, call, asked);
    case "mute":
      return mute(phone, call, command.on, asked);
    case "hold":
      return hold(phone, call, command.on, asked);
    case "dtmf":
      return ifAble(phone, call, "dtmf", asked, () => ({
        phone,
        effects: [{ do: "digits", callId: call.callId, digits: command.digits }, replyTo(asked.askId)],
      }));
    case "transfer":
      return transfer(phone, call, command, asked);
    case "complete-transfer":
    case "cancel-transfer":
      return endTransfer(phone, call, command.do, asked);
    case "add-party":
      return askCarrier(phone, call, "add-party", asked, {
        do: "add-party",
        partyId: asked.now.newId(),
        target: command.target,
      });
    case "drop-party":
      return dropParty(phone, call, command.partyId, asked);
    case "merge":
      return merge(phone, call, command.with, asked);
    case "record":
      return askCarrier(phone, call, "pause-recording", asked, { do: "record", state: command.state });
    case "consent":
      return askCarrier(phone, call, "note-consent", asked, { do: "consent", answer: command.answer });
    case "drop-voicemail":
      return dropVoicemail(phone, call, command.greeting, asked);
    case "wrapped-up":
      return wrapUp(phone, call, asked);
    case "extend-wrap-up":
      return extendWrapUp(phone, call, command.byMs, asked);
    default:
      return assertNever(command);
  }
}

function dial(phone: Phone, { callId, to, leadId }: CommandOf<"dial">, { askId, now }: Asked): Step {
  const known = findCall(phone, callId) ?? phone.permits.find((permit) => permit.callId === callId);
  // Asked twice: it is on its way.
  if (known) return { phone, effects: [replyTo(askId)] };
  const obstacle = dialObstacle(phone, to);
  if (obstacle) return { phone, effects: [replyTo(askId, obstacle)] };
  const lead = { id: leadId, name: "", company: "" };
  const asked = { askId, callId, to, since: now.at, leadId, lead, hungUp: false };
  return {
    phone: { ...phone, permits: [...phone.permits, asked] },
    effects: [{ do: "permit", askId, callId, to, leadId }],
  };
}

function dialObstacle(phone: Phone, to: string): PhoneRefusal | null {
  const { state } = phone.line;
  if (state === "trouble") return { code: "offline", message: phone.line.message };
  if (state === "off" || state === "starting" || state === "asking" || state === "down") {
    const renewing = "over" in phone.line && phone.line.over !== null;
    if (!renewing) return { code: "offline", message: "The phone has no line at the moment." };
  }
  if (phone.calls.some(isAsking)) return asksColleague;
  if (phone.calls.some(isHeard) || phone.permits.some(isWanted)) {
    return { code: "busy", message: "You are in a call: hold it or end it first." };
  }
  // Until it is, the server has this desk dial somebody.
  if (phone.permits.length > 0)
    return { code: "busy", message: "The dial before is being taken back: try again in a moment." };
  const digits = to.replaceAll(/\D/gu, "");
  if (!/^\+?[\d\s().\-/]+$/u.test(to.trim()) || digits.length < 2 || digits.length > 15) {
    return { code: "bad-number", message: `“${to}” is not a telephone number.` };
  }
  return null;
}

const asksColleague: PhoneRefusal = {
  code: "busy",
  message: "You are asking a colleague: hand the call over or take it back first.",
};

function answer(phone: Phone, call: OwnCall, { askId }: Asked): Step {
  if (call.leg === "open" || call.leg === "opening") return { phone, effects: [replyTo(askId)] };
  if (call.leg === "gone") {
    return refuse(phone, askId, "not-possible", call.warning ?? "This call can no longer be answered.");
  }
  if (call.pending) return refuse(phone, askId, "busy", "It is being answered.");
  if (phone.calls.some(isAsking)) return { phone, effects: [replyTo(askId, asksColleague)] };
  const holdFirst = phone.calls.filter(isHeard).map(({ callId }) => callId);
  return insteadOfDialling(phone, (rest) =>
    pend(rest, call, "answer", askId, { do: "accept", askId, callId: call.callId, holdFirst }),
  );
}

function decline(phone: Phone, call: OwnCall, { askId, now }: Asked): Step {
  if (call.leg !== "offered") return notPossible(phone, askId, "Only a call that rings can be declined.");
  const { callId } = call;
  const effects: PhoneEffect[] = [{ do: "reject", callId }, replyTo(askId)];
  if (call.pending) effects.push(replyTo(call.pending.askId, declined));
  if (phone.me && call.monitoring === null) effects.push(reportDecline(call, phone.me, now));
  return { phone: withoutCall(phone, callId), effects };
}

/** A carrier lets somebody else take them; at a company's own exchange that was their only call. */
function reportDecline(call: OwnCall, agentId: UserId, now: Now): PhoneEffect {
  const passed = { type: "passed", agentId, why: "declined" } as const;
  const [missed] = reportMissed(call, now, [passed, { type: "ended", why: "declined" }]);
  return missed ?? { do: "report", callId: call.callId, events: [say(call, now, passed).event] };
}

const declined: PhoneRefusal = { code: "not-possible", message: "The call was declined." };

function hangUp(phone: Phone, call: OwnCall, asked: Asked): Step {
  if (call.leg === "offered") return decline(phone, call, asked);
  const reply = replyTo(asked.askId);
  // It has ended by itself in the meantime.
  if (call.leg === "gone") return { phone, effects: [reply] };
  return {
    phone: withCall(phone, { ...call, hungUp: true }),
    effects: [{ do: "disconnect", callId: call.callId }, reply],
  };
}

/** There is no call yet, or none any more: what the person wants is so, or will be once the server has answered. */
function giveUpDial(phone: Phone, callId: RecordId, { askId }: Asked): Step {
  const step = withdrawDials(phone, (one) => one.callId === callId);
  return { ...step, effects: [...step.effects, replyTo(askId)] };
}

/** Two would be heard who do not hear each other. */
function insteadOfDialling(phone: Phone, then: (rest: Phone) => Step): Step {
  const withdrawn = withdrawDials(phone, () => true);
  const step = then(withdrawn.phone);
  return { ...step, effects: [...withdrawn.effects, ...step.effects] };
}

function withdrawDials(phone: Phone, which: (one: AskedDial) => boolean): Step {
  const isMeant = (one: AskedDial) => isWanted(one) && which(one);
  return {
    phone: {
      ...phone,
      permits: phone.permits.map((one) => (isMeant(one) ? { ...one, hungUp: true } : one)),
    },
    effects: phone.permits.filter(isMeant).map((one) => replyTo(one.askId)),
  };
}

function mute(phone: Phone, call: OwnCall, on: boolean, asked: Asked): Step {
  return ifAble(phone, call, "mute", asked, () => ({
    phone: withCall(phone, { ...call, muted: on }),
    effects: [{ do: "mute", callId: call.callId, on }, replyTo(asked.askId)],
  }));
}

function hold(phone: Phone, call: OwnCall, on: boolean, asked: Asked): Step {
  const { askId } = asked;
  return ifAble(phone, call, "hold", asked, () => {
    const isOn = stateOf(call).phase.phase === "held";
    if (isOn === on) return { phone, effects: [replyTo(askId)] };
    if (!on && phone.calls.some(isAsking)) return { phone, effects: [replyTo(askId, asksColleague)] };
    const others = phone.calls.filter((other) => other.callId !== call.callId && isHeard(other));
    const holdFirst = on ? [] : others.map(({ callId }) => callId);
    const pending = (rest: Phone) =>
      pend(rest, call, "hold", askId, { do: "hold", askId, callId: call.callId, on, holdFirst });
    return on ? pending(phone) : insteadOfDialling(phone, pending);
  });
}

function transfer(phone: Phone, call: OwnCall, { target, mode }: CommandOf<"transfer">, asked: Asked): Step {
  const ability = mode === "blind" ? "blind-transfer" : "warm-transfer";
  return ifAble(phone, call, ability, asked, () => {
    const nonsense = nonsenseOf(phone, call, target);
    if (nonsense) return notPossible(phone, asked.askId, nonsense);
    const { askId, now } = asked;
    const { callId } = call;
    const transferId = now.newId();
    return pend(phone, call, ability, askId, { do: "transfer", askId, callId, transferId, target, mode });
  });
}

function nonsenseOf({ me }: Phone, call: OwnCall, target: CallTarget): string | null {
  if (target.kind === "agent" && target.userId === me) return "You cannot transfer a call to yourself.";
  const isCustomer = target.kind === "number" && target.number === numberOf(call);
  return isCustomer ? "That is the number of the person you are talking to." : null;
}

function endTransfer(
  phone: Phone,
  call: OwnCall,
  how: "complete-transfer" | "cancel-transfer",
  asked: Asked,
): Step {
  const { phase } = stateOf(call);
  if (phase.phase !== "transferring") return notPossible(phone, asked.askId, "No transfer is under way.");
  const { transferId, answered } = phase.transfer;
  if (how === "complete-transfer" && !answered) {
    return notPossible(phone, asked.askId, "Nobody has picked up yet.");
  }
  const effect = { do: how, askId: asked.askId, callId: call.callId, transferId } as const;
  return pend(phone, call, "warm-transfer", asked.askId, effect);
}

function dropParty(phone: Phone, call: OwnCall, partyId: string, asked: Asked): Step {
  const { parties, asked: called = [] } = stateOf(call);
  const meant = [...parties, ...called].find((party) => party.partyId === partyId);
  if (!meant) return notPossible(phone, asked.askId, "This person is no longer in the call.");
  // They have said no by themselves.
  if ("why" in meant) return { phone, effects: [replyTo(asked.askId)] };
  return askCarrier(phone, call, "add-party", asked, { do: "drop-party", partyId });
}

/** The call that goes over has nothing more asked of it: it is about to end. */
function merge(phone: Phone, into: OwnCall, withId: RecordId, asked: Asked): Step {
  const from = findCall(phone, withId);
  if (!from || from === into)
    return refuse(phone, asked.askId, "no-such-call", "This call is no longer here.");
  return ifAble(phone, from, "merge", asked, () => {
    const over = withCall(phone, { ...from, goesOver: asked.askId });
    const step = askCarrier(over, into, "merge", asked, { do: "merge", with: withId });
    return step.effects.some((effect) => effect.do === "control") ? step : { ...step, phone };
  });
}

function dropVoicemail(phone: Phone, call: OwnCall, greeting: string, asked: Asked): Step {
  if (!call.controlsItself)
    return askCarrier(phone, call, "drop-voicemail", asked, { do: "drop-voicemail", greeting });
  const { askId } = asked;
  const { callId } = call;
  return ifAble(phone, call, "drop-voicemail", asked, () =>
    pend(phone, call, "drop-voicemail", askId, { do: "leave-message", askId, callId, greeting }),
  );
}

function wrapUp(phone: Phone, call: OwnCall, { askId, now }: Asked): Step {
  const { phase } = stateOf(call);
  if (!isOver({ phase })) return notPossible(phone, askId, "The call goes on.");
  const { callId } = call;
  if (phase.phase !== "wrap-up") return { phone: letGo(phone, call), effects: [replyTo(askId)] };
  const said = say(call, now, { type: "wrapped-up", by: "agent" });
  return {
    phone: letGo(phone, said.call),
    effects: [{ do: "report", callId, events: [said.event] }, replyTo(askId)],
  };
}

function extendWrapUp(phone: Phone, call: OwnCall, byMs: number, { askId, now }: Asked): Step {
  const { phase } = stateOf(call);
  if (phase.phase !== "wrap-up") return notPossible(phone, askId, "This call is not being wrapped up.");
  const startMs = Math.max(Date.parse(phase.until), Date.parse(now.at));
  const until = new Date(startMs + byMs).toISOString();
  const { callId } = call;
  const said = say(call, now, { type: "wrap-up-extended", until });
  return {
    phone: withCall(phone, said.call),
    effects: [
      { do: "report", callId, events: [said.event] },
      { do: "after", delayMs: Date.parse(until) - Date.parse(now.at), what: "wrap-up", callId },
      replyTo(askId),
    ],
  };
}

function monitor(phone: Phone, { callId, role }: CommandOf<"monitor">, { askId }: Asked): Step {
  const known = findCall(phone, callId);
  if (known && known.monitoring === null) return notPossible(phone, askId, "You are in this call already.");
  if (!known && phone.calls.some(isHeard)) {
    return refuse(phone, askId, "busy", "You are in a call: hold it or end it first.");
  }
  if (known?.monitoring === role) return { phone, effects: [replyTo(askId)] };
  // In another part one comes in anew: the carrier rings once more, and that is answered as well.
  const joining = [...phone.joining.filter((one) => one.callId !== callId), { callId, role }];
  const asking = { ...phone, joining };
  return {
    phone: known ? withCall(asking, { ...known, monitoring: role }) : asking,
    effects: [{ do: "control", askId, callId, control: { do: "monitor", role } }],
  };
}

function askCarrier(
  phone: Phone,
  call: OwnCall,
  ability: CallAbility,
  asked: Asked,
  control: Extract<PhoneEffect, { do: "control" }>["control"],
): Step {
  const { askId } = asked;
  const mayDrop = control.do === "drop-party" && isConnected(stateOf(call)) && call.leg === "open";
  const step = () =>
    pend(phone, call, ability, askId, { do: "control", askId, callId: call.callId, control });
  return mayDrop ? step() : ifAble(phone, call, ability, asked, step);
}

function ifAble(phone: Phone, call: OwnCall, ability: CallAbility, { askId }: Asked, then: () => Step): Step {
  if (!abilitiesOf(call).includes(ability)) return notPossible(phone, askId, whyNot(call));
  // What has no answer of the carrier to wait for goes on while something else is under way.
  const isInstant = ability === "mute" || ability === "dtmf";
  if (call.pending && !isInstant) {
    return refuse(phone, askId, "busy", "Something else is being done to this call.");
  }
  return then();
}

function whyNot(call: OwnCall): string {
  if (call.leg === "offered") return "Answer the call first.";
  if (call.leg === "gone") return "This call is over.";
  return call.leg === "opening" ? notConnected : "That is not possible in this call now.";
}

const notConnected = "The call is not connected yet.";

function pend(phone: Phone, call: OwnCall, ability: CallAbility, askId: string, effect: PhoneEffect): Step {
  return {
    phone: withCall(phone, { ...call, pending: { ability, askId, effect, record: call.record } }),
    effects: [effect],
  };
}

function notPossible(phone: Phone, askId: string, message: string): Step {
  return refuse(phone, askId, "not-possible", message);
}

function refuse(phone: Phone, askId: string, code: PhoneRefusal["code"], message: string): Step {
  return { phone, effects: [replyTo(askId, { code, message })] };
}
