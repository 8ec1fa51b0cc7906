import { type Counts, skipReasonSchema } from "../../shared/syncs.ts";
import { figure, say } from "../ui/words.ts";

/** Why devices were skipped, how many for each reason, and what can be done about it. */
export function SkipReasons({
  reasons,
  onChangeMode,
}: {
  reasons: Counts["reasons"];
  onChangeMode?: (() => void) | undefined;
}) {
  return (
    <ul class="reasons">
      {skipReasonSchema.options.map((reason) => {
        const count = reasons[reason] ?? 0;
        if (count === 0) return null;
        return (
          <li key={reason}>
            <b>{figure(count)}</b>
            <span>
              {say(`reason_${reason}`)}
              {reason === "not_in_dots" && onChangeMode !== undefined && (
                <button type="button" class="small" onClick={onChangeMode}>
                  {say("changeMode")}
                </button>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
