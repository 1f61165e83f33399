import { Roles } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Column, Page, Trouble } from "../parts/page.tsx";
import styles from "./roles.module.css";

/** What each role is for, side by side, each with more than the one before. */
export function RolesPage({ session }: PageProps) {
  const { value, error, reload } = useAnswer("/roles", Roles);
  return (
    <Page crumbs={[{ label: "Roles" }]}>
      <Column kind="main" label="Roles">
        <Trouble error={error} onRetry={reload} />
        <div className={styles["roles"]}>
          {value?.roles.map(({ role, title, may }) => (
            <section key={role}>
              <h2>
                {title}
                {role === session.role && <span className={styles["yours"]}>Yours</span>}
              </h2>
              <ul>
                {may.map((deed) => (
                  <li key={deed}>{deed}</li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </Column>
    </Page>
  );
}
