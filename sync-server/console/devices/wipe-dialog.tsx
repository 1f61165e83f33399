import { agoInWords } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { Question } from "../parts/question.tsx";
import type { Device } from "./device-words.ts";

/** Asked, because nothing brings back what a wipe takes. */
export function WipeDialog({ device, onClose }: { device: Device | null; onClose: () => void }) {
  const now = useNow();
  return (
    <Question
      title={`Wipe ${device?.name ?? ""}?`}
      ask={
        device && {
          change: {
            request: { method: "POST", path: `/devices/${device.id}/wipe` },
            said: `${device.name} is signed out and removes everything when it connects.`,
            touches: ["/devices", "/sessions"],
          },
          keep: "Keep it",
          go: `Wipe ${device.name}`,
        }
      }
      onClose={onClose}
    >
      {device && (
        <p>
          {device.userName} used it {agoInWords(new Date(device.lastSeenAt), now)}. Everything it holds is
          removed the next time it connects, edits that it has not sent included. What it has sent stays on
          the server.
        </p>
      )}
      <p>This cannot be taken back.</p>
    </Question>
  );
}
