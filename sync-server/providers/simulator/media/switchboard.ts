import type { Wiring } from "../carrier/effects.ts";
import type { Sound } from "./play-source.ts";
import type { Port } from "./port.ts";

export interface Leg {
  readonly callSid: string;
  port: Port | null;
  wiring: Wiring;
  /** What it hears, while something is played to it. */
  sound: Sound | null;
  /** In the present frame; null is silence. */
  said: Int16Array | null;
  heard: Int16Array | null;
}

export type RoomWiring = Extract<Wiring, { kind: "room" }>;

/** Which legs there are, and who is in a room with whom. */
export function createSwitchboard() {
  const legs = new Map<string, Leg>();
  const rooms = new Map<string, Set<Leg>>();

  const leaveRoom = (leg: Leg): void => {
    const { wiring } = leg;
    if (wiring.kind !== "room") return;
    const members = rooms.get(wiring.room);
    members?.delete(leg);
    if (members?.size === 0) rooms.delete(wiring.room);
  };

  /** Whether `listener`, of the same room, hears what `speaker` says. */
  const hears = (listener: Leg, speaker: RoomWiring): boolean => {
    if (listener.wiring.kind !== "room" || listener.wiring.hold) return false;
    return speaker.coach === null || speaker.coach === listener.callSid;
  };

  const listenersOf = (callSid: string): string[] => {
    const leg = legs.get(callSid);
    if (leg?.wiring.kind !== "room") return [];
    const { wiring } = leg;
    if (wiring.muted || wiring.hold) return [];
    const others = [...(rooms.get(wiring.room) ?? [])].filter(
      (other) => other !== leg && hears(other, wiring),
    );
    return others.map((other) => other.callSid);
  };

  return {
    legs,
    rooms: rooms as ReadonlyMap<string, ReadonlySet<Leg>>,
    /** The leg of a call, made where there is none. */
    of(callSid: string): Leg {
      const known = legs.get(callSid);
      if (known) return known;
      const wiring: Wiring = { kind: "silence" };
      const leg: Leg = { callSid, port: null, wiring, sound: null, said: null, heard: null };
      legs.set(callSid, leg);
      return leg;
    },
    wire(leg: Leg, wiring: Wiring): void {
      leaveRoom(leg);
      leg.wiring = wiring;
      if (wiring.kind === "room") rooms.set(wiring.room, (rooms.get(wiring.room) ?? new Set()).add(leg));
    },
    remove(callSid: string): void {
      const leg = legs.get(callSid);
      if (!leg) return;
      leaveRoom(leg);
      leg.port?.close();
      legs.delete(callSid);
    },
    /** Calls that hear this one at the moment. */
    listenersOf,
    /** Whether anybody hears what this call says: somebody in its room, or the far end of a stream. */
    isHeard: (callSid: string) =>
      legs.get(callSid)?.wiring.kind === "stream" || listenersOf(callSid).length > 0,
  };
}
