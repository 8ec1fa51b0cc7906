import type { Connection } from "../../shared/connections.ts";
import { say, sayCount } from "../ui/words.ts";
import type { ConnectionPatch } from "./use-connection-patch.ts";

const usualHours = [1, 3, 6, 12, 24, 168];
const never = "never";

/** How often a connection syncs by itself. */
export function ScheduleField({ connection, patch }: { connection: Connection; patch: ConnectionPatch }) {
  const present = connection.schedule?.everyHours;
  const choices = [...new Set([...usualHours, ...(present === undefined ? [] : [present])])];
  return (
    <section class="card">
      <div class="stack">
        <label for="schedule">{say("schedule")}</label>
        <select
          id="schedule"
          disabled={patch.isBusy}
          value={present === undefined ? never : String(present)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void patch.change({ schedule: value === never ? null : { everyHours: Number(value) } });
          }}
        >
          {choices
            .toSorted((a, b) => a - b)
            .map((hours) => (
              <option key={hours} value={String(hours)}>
                {hours % 24 === 0 ? sayCount("everyDays", hours / 24) : sayCount("everyHours", hours)}
              </option>
            ))}
          <option value={never}>{say("onlyWhenAsked")}</option>
        </select>
        <p class="hint" role="status">
          {patch.saved === "schedule" && say("saved")}
        </p>
      </div>
    </section>
  );
}
