import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Health } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { sayUptime } from "./uptime.ts";
import styles from "./health-page.module.css";

/** How the server does, in numbers with units. */
export function HealthPage() {
  const { value, error, reload } = useAnswer("/health", Health);
  return (
    <div className={styles["page"]}>
      {error && (
        <ErrorLine what={error.message}>
          <Button size="small" onClick={() => void reload()}>
            Ask again
          </Button>
        </ErrorLine>
      )}
      {value && (
        <dl className={styles["facts"]}>
          <Fact name="Running for" value={sayUptime(value.upS)} />
          <Fact name="Desks connected" value={`${value.devicesOnline} of ${value.devices}`} />
          <Fact
            name="Database"
            value={`${value.database === "embedded" ? "embedded" : "PostgreSQL"}, ${value.databaseMB} MB`}
          />
          <Fact name="Memory" value={`${value.residentMB} MB`} />
          <Fact name="Sync protocol" value={String(value.protocol)} />
          {Object.entries(value.records)
            .filter(([, count]) => count > 0)
            .map(([name, count]) => (
              <Fact key={name} name={`Records: ${name}`} value={count.toLocaleString("en-US")} />
            ))}
        </dl>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className={styles["fact"]}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
