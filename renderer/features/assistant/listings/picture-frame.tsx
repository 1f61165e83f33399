import { useEffect, useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { fetchPicture } from "../../../../shared/rpc/contract/pictures.ts";
import { useClient, type Client } from "../../../client/index.ts";
import { fetchFile } from "../../../client/save-file.ts";
import styles from "./listings.module.css";

type Shown = { url: string | null; trouble: string };

/** One picture in its place, which is kept while the file comes. Another picture needs another key. */
export function PictureFrame({ listingId, id, alt }: { listingId: RecordId; id: RecordId; alt: string }) {
  const client = useClient();
  const [{ url, trouble }, show] = useState<Shown>({ url: null, trouble: "" });
  useEffect(() => {
    let left = false;
    let opened: string | null = null;
    void readPicture(client, listingId, id).then((read) => {
      if (left) return;
      if (typeof read !== "string") opened = URL.createObjectURL(read);
      show({ url: opened, trouble: typeof read === "string" ? read : "" });
    });
    return () => {
      left = true;
      if (opened !== null) URL.revokeObjectURL(opened);
    };
  }, [client, listingId, id]);
  return (
    <div className={styles["frame"]}>
      {url !== null && <img src={url} alt={alt} />}
      {trouble !== "" && <p className={styles["coming"]}>{trouble}</p>}
    </div>
  );
}

/** @returns the picture, or why it cannot be shown */
async function readPicture(client: Client, listingId: RecordId, id: RecordId): Promise<Blob | string> {
  const fetched = await client.call(fetchPicture, { listingId, id });
  if (!fetched.ok) return fetched.error.message;
  const { fileId, mediaType } = fetched.value;
  return fetchFile(client, fileId, mediaType).catch((error: Error) => error.message);
}
