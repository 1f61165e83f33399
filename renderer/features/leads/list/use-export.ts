import { useCallback } from "react";
import { exportLeads } from "../../../../shared/rpc/contract/files.ts";
import { useClient, useEdits } from "../../../client/index.ts";
import { saveFile } from "../../../client/save-file.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";

/** Writes the list as it is shown, all of it, to a CSV file. */
export function useExport({ query, columns, directory }: LeadListModel): () => Promise<void> {
  const client = useClient();
  const { report } = useEdits();
  return useCallback(async () => {
    const made = await client.call(exportLeads, { ...query, columns: [...columns] });
    const label = `Exported the list of ${directory.term("leads")}`;
    if (made.ok) await saveFile(client, made.value);
    report(made, label);
  }, [client, report, query, columns, directory]);
}
