import { useState } from "preact/hooks";
import { type Connection, type Mode, modeSchema } from "../../shared/connections.ts";
import { say } from "../ui/words.ts";
import type { ConnectionPatch } from "./use-connection-patch.ts";

/** The mode, and what changing it would mean, before it is changed. */
export function ChangeMode({ connection, patch }: { connection: Connection; patch: ConnectionPatch }) {
  const [wanted, setWanted] = useState<Mode>(connection.mode);
  const isOther = wanted !== connection.mode;
  return (
    <fieldset class="card">
      <legend>
        <h2>{say("modeHeading")}</h2>
      </legend>
      {modeSchema.options.map((mode) => (
        <div class="radio-line" key={mode}>
          <input
            type="radio"
            name="manage-mode"
            id={`manage-${mode}`}
            checked={wanted === mode}
            disabled={patch.isBusy}
            onChange={() => setWanted(mode)}
          />
          <label for={`manage-${mode}`}>{say(`mode_${mode}`)}</label>
        </div>
      ))}
      <div role="status">
        {isOther && <p>{say(`modeChange_${wanted}`)}</p>}
        {!isOther && patch.saved === "mode" && <p class="hint">{say("saved")}</p>}
      </div>
      {isOther && (
        <div class="card-actions">
          <button
            type="button"
            class="small secondary"
            disabled={patch.isBusy}
            onClick={() => void patch.change({ mode: wanted })}
          >
            {say("changeMode")}
          </button>
          <button type="button" class="small" onClick={() => setWanted(connection.mode)}>
            {say("cancel")}
          </button>
        </div>
      )}
    </fieldset>
  );
}
