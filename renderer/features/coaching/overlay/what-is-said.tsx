import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { useTranscript } from "../model/use-transcript.ts";
import styles from "./overlay.module.css";

/** More than has room is not drawn. */
const mostShown = 4;

/** The newest of the transcript, its last word always in sight: what is older goes out at the top. */
export function WhatIsSaid({ call: { callId, customer } }: { call: LiveCoaching }) {
  const { utterances, nameOf } = useTranscript({ callId, agent: "", customer });
  if (utterances.length === 0) return null;
  return (
    <section className={styles["said-now"]} aria-label="What is said">
      {utterances.slice(-mostShown).map((utterance) => (
        <p key={utterance.id} data-final={utterance.final}>
          <b data-speaker={utterance.speaker}>
            <bdi>{nameOf(utterance)}</bdi>
          </b>{" "}
          <bdi>{utterance.text}</bdi>
        </p>
      ))}
    </section>
  );
}
