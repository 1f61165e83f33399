import { Download } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { exportInsights } from "../../../../shared/rpc/contract/insights.ts";
import { useClient } from "../../../client/index.ts";
import { saveFile } from "../../../client/save-file.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Menu, MenuItem } from "../../../ui/floating/menu.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";
import type { InsightsModel } from "../model/use-insights.ts";

const PrintReport = lazy(() =>
  import("./print-report.tsx").then((module) => ({ default: module.PrintReport })),
);

/** What is on the screen, to take elsewhere: both work without a network. */
export function ExportMenu({ model, onFormulas }: { model: InsightsModel; onFormulas: () => void }) {
  const client = useClient();
  const toast = useToast();
  const [printing, setPrinting] = useState(false);
  const saveCsv = async () => {
    const made = await client.call(exportInsights, { ...model.scope, byteOrderMark: true });
    if (!made.ok) return toast({ text: made.error.message, trouble: true });
    await saveFile(client, made.value);
    toast({ text: `Saved ${made.value.fileName}` });
  };
  return (
    <>
      <Menu
        position="bottom-end"
        target={
          <Button kind="quiet" icon={Download}>
            Export
          </Button>
        }
      >
        <MenuItem onClick={() => setPrinting(true)}>As PDF, or on paper</MenuItem>
        <MenuItem onClick={() => void saveCsv()}>As CSV</MenuItem>
        <MenuItem onClick={onFormulas}>Formulas and units</MenuItem>
      </Menu>
      {printing && (
        <Suspense>
          <PrintReport model={model} onDone={() => setPrinting(false)} />
        </Suspense>
      )}
    </>
  );
}
