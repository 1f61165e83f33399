import { Activity, Headset, PictureInPicture2 } from "lucide-react";
import type { AudioKind, PhoneState } from "../../../../shared/calls/phone.ts";
import { useClient } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Select } from "../../../ui/fields/select.tsx";
import { clockTime } from "../../../ui/format/times.ts";
import { LevelMeters } from "../live/level-meters.tsx";
import { microphoneTrouble, openPhoneWindow, telephonyPage } from "../../phone/index.ts";
import { browserNotices } from "../model/browser-notices.ts";
import { useAskPhone, useOpenPhone, usePhone } from "../model/use-phone.ts";
import { RingVolume } from "./ring-volume.tsx";
import styles from "./setup.module.css";

/** Microphone, speaker and ringer of this device, and a test that says in words whether a call would sound well. */
export function PhoneSetup() {
  const phone = usePhone();
  const open = useOpenPhone();
  if (phone.line.state === "off") {
    return (
      <div className={styles["setup"]}>
        <p>Turn the phone on to choose a microphone and to test the line.</p>
        <span>
          <Button onClick={open}>Turn the phone on</Button>
        </span>
      </div>
    );
  }
  return (
    <div className={styles["setup"]}>
      <MicrophoneTrouble phone={phone} />
      <DeviceSelect phone={phone} kind="microphone" label="Microphone" />
      <DeviceSelect phone={phone} kind="speaker" label="Speaker" />
      <DeviceSelect phone={phone} kind="ringer" label="Ringtone" />
      <RingVolume device={phone.devices.chosen.ringer} />
      <HeadsetButtons phone={phone} />
      <LineTest phone={phone} />
      <MiniPhoneButton />
      {browserNotices() === "denied" && <p>{noticesDenied}</p>}
    </div>
  );
}

function MicrophoneTrouble({ phone }: { phone: PhoneState }) {
  const ask = useAskPhone();
  const trouble = microphoneTrouble(phone.microphone);
  if (trouble === null) return null;
  return (
    <div className={styles["trouble"]} role="alert">
      <p>{trouble}</p>
      <Button onClick={() => void ask({ do: "retry" })}>Try again</Button>
    </div>
  );
}

/** The call in a small window that stays in sight while one works elsewhere. */
function MiniPhoneButton() {
  const client = useClient();
  return (
    <span>
      <Button icon={PictureInPicture2} onClick={() => openPhoneWindow(client, "mini-phone")}>
        Show the mini phone
      </Button>
    </span>
  );
}

const noticesDenied =
  "Who calls is not shown outside this page. Allow notifications in the settings of the browser for that.";

function DeviceSelect({ phone, kind, label }: { phone: PhoneState; kind: AudioKind; label: string }) {
  const ask = useAskPhone();
  const { microphones, speakers, chosen } = phone.devices;
  const devices = kind === "microphone" ? microphones : speakers;
  return (
    <Select
      label={label}
      compact
      placeholder="As the computer has it"
      choices={devices.map(({ deviceId, label: name }) => ({ value: deviceId, label: name || "Unnamed" }))}
      value={chosen[kind]}
      onChange={(deviceId) => deviceId !== null && void ask({ do: "choose-device", kind, deviceId })}
    />
  );
}

/** A browser asks which headset it may be, and only after a click. One without HID has no buttons to connect. */
function HeadsetButtons({ phone: { headset } }: { phone: PhoneState }) {
  const ask = useAskPhone();
  if (headset !== null) return <p>Buttons of {headset} answer, mute and hang up.</p>;
  if (!("hid" in navigator)) return null;
  const connect = async () => {
    const allowed = await navigator.hid.requestDevice({ filters: [{ usagePage: telephonyPage }] });
    if (allowed.length > 0) await ask({ do: "look-for-headset" });
  };
  return (
    <div className={styles["headset"]}>
      <Button icon={Headset} onClick={() => void connect()}>
        Connect headset
      </Button>
      <p>Its buttons then answer, mute and hang up.</p>
    </div>
  );
}

const verdictWords = { good: "Good", fair: "Fair", bad: "Bad" } as const;

function LineTest({ phone: { test } }: { phone: PhoneState }) {
  const ask = useAskPhone();
  const running = test?.state === "running";
  return (
    <div className={styles["test"]}>
      <Button icon={Activity} disabled={running} onClick={() => void ask({ do: "test" })}>
        {running ? test.step : "Test microphone and line"}
      </Button>
      {running && <LevelMeters muted={false} />}
      {test?.state === "done" && (
        <div role="status">
          <p className={styles["verdict"]} data-verdict={test.verdict}>
            {verdictWords[test.verdict]} <span>at {clockTime(new Date(test.at))}</span>
          </p>
          <ul>
            {test.findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
