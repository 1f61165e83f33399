import { BellRing, Square } from "lucide-react";
import { useEffect, useState } from "react";
import { preferences, setPreferences } from "../../../../shared/rpc/contract/session.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Slider } from "../../../ui/fields/slider.tsx";
import { createRinger, ringCycleMs } from "../../phone/index.ts";
import styles from "./setup.module.css";

/** How loud a call rings on this computer. @param device that it rings on; null = the system's own */
export function RingVolume({ device }: { device: string | null }) {
  const kept = useLive(preferences, {}).value?.ringVolume;
  const keep = useCommand(setPreferences);
  /** Before it is kept: a slider that waited for that would jump back below the pointer. */
  const [picked, setPicked] = useState<number | null>(null);
  const volume = picked ?? kept ?? 1;
  const { rings, setRings } = useTestRing(device, volume);
  const choose = (ringVolume: number) => {
    setPicked(ringVolume);
    void keep({ ringVolume });
  };
  return (
    <div className={styles["ring"]}>
      <Slider label="Ring volume" value={volume} say={sayVolume} onChange={choose} />
      <Button icon={rings ? Square : BellRing} disabled={volume === 0} onClick={() => setRings(!rings)}>
        {rings ? "Stop" : "Test the ring"}
      </Button>
    </div>
  );
}

function sayVolume(volume: number): string {
  return volume === 0 ? "Silent" : `${Math.round(volume * 100)}%`;
}

/** Rings from here, with the sound and on the device of a call, for as long as one ring takes. */
function useTestRing(device: string | null, volume: number) {
  const [ringer] = useState(() => createRinger());
  const [rings, setRings] = useState(false);
  useEffect(() => ringer.setVolume(volume), [ringer, volume]);
  useEffect(() => ringer.playOn(device ?? ""), [ringer, device]);
  useEffect(() => {
    if (!rings) return;
    void ringer.start();
    const timer = setTimeout(() => setRings(false), ringCycleMs);
    return () => {
      clearTimeout(timer);
      ringer.stop();
    };
  }, [ringer, rings]);
  return { rings, setRings };
}
