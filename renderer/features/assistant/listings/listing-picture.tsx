import { Brush } from "lucide-react";
import { useState } from "react";
import type { Listing } from "../../../../shared/entities/listing.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import {
  drawPicture,
  listingPicture,
  putPicture,
  type PictureSheet,
} from "../../../../shared/rpc/contract/pictures.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { ProgressTrack } from "../../../ui/display/progress-bar.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";
import { PictureFrame } from "./picture-frame.tsx";
import styles from "./listings.module.css";

const which = [
  { value: "drawn", label: "New one" },
  { value: "used", label: "The one it has" },
] as const;

/** The picture that a listing has, and new ones that may take its place on a click. */
export function ListingPicture({ listing: { id: listingId, title } }: { listing: Listing }) {
  const { used, drawn, drawing, trouble } = useLive(listingPicture, { listingId }).value ?? nothingKnown;
  const [chosen, choose] = useState<"drawn" | "used">("drawn");
  const put = usePut(listingId);
  const begin = useCommand(drawPicture);
  const toast = useToast();
  const shown = chosen === "used" ? (used ?? drawn) : (drawn ?? used);
  const draw = async () => {
    choose("drawn");
    const begun = await begin({ listingId });
    if (!begun.ok) toast({ text: begun.error.message, trouble: true });
  };
  return (
    <section className={styles["writer"]} aria-label="Picture" aria-busy={drawing}>
      <div className={styles["choices"]}>
        <Button icon={Brush} disabled={drawing} onClick={() => void draw()}>
          {shown === null ? "Draw a picture" : "Draw another"}
        </Button>
        {drawing && <Drawing />}
        {used && drawn && !drawing && (
          <Segmented label="Which picture" segments={which} value={chosen} onChange={choose} />
        )}
      </div>
      <p role="status" className={styles["objection"]}>
        {trouble === "" ? "" : `${trouble} Pictures are drawn and kept by the server. Nothing was changed.`}
      </p>
      {shown && (
        <figure className={styles["picture"]}>
          <PictureFrame
            key={shown.id}
            listingId={listingId}
            id={shown.id}
            alt={`Drawn picture of ${title}`}
          />
          <figcaption className={styles["foot"]}>
            <span className={styles["coming"]}>{sourceOf(shown, shown.id === drawn?.id)}</span>
            {shown.id === used?.id && (
              <Button kind="quiet" onClick={() => void put(null, "The listing has no picture now")}>
                Remove
              </Button>
            )}
            {shown.id !== used?.id && !shown.onlyHere && (
              <Button onClick={() => void put(shown.id, "The listing has this picture now")}>Use it</Button>
            )}
          </figcaption>
        </figure>
      )}
    </section>
  );
}

const nothingKnown = { used: null, drawn: null, drawing: false, trouble: "" };

/** No model says how far it is. */
function Drawing() {
  return (
    <div className={styles["drawing"]}>
      <p>Drawing. A model takes up to two minutes; you can go on.</p>
      <ProgressTrack label="Drawing" done={0} total={null} />
    </div>
  );
}

/** Nobody is to take it for a photograph. @param isNew only then is it known why no model has drawn it */
function sourceOf({ by, model, why, onlyHere }: PictureSheet, isNew: boolean): string {
  if (onlyHere)
    return `A title card by rules, no likeness. ${why} It is on this computer alone and is not kept.`;
  if (by === "model") return `Drawn by ${model}, no photograph.`;
  const reason = why === "" ? "No model that draws is set up." : why;
  return `A title card by rules, no likeness. ${isNew ? reason : ""}`.trim();
}

/** Puts a picture to the listing, with Undo. */
function usePut(listingId: RecordId) {
  const use = useCommand(putPicture);
  const toast = useToast();
  return async function put(id: RecordId | null, done: string): Promise<void> {
    const answer = await use({ listingId, id });
    if (!answer.ok) return toast({ text: answer.error.message, trouble: true });
    const { before } = answer.value;
    toast({ text: done, undo: () => void put(before, "Undone") });
  };
}
