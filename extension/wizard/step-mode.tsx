import type { Mode } from "../../shared/connections.ts";
import { callWorker } from "../messages.ts";
import { Screen } from "../ui/screen.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";

/** Step 2: which of the two modes. None is chosen beforehand. */
export function StepMode({
  mode,
  onChoose,
  onBack,
  onContinue,
}: {
  mode: Mode | null;
  onChoose: (mode: Mode) => void;
  onBack: () => void;
  /** `withConsole`: and let JumpCloud's console be opened for the key, which saves a click. */
  onContinue: (withConsole: boolean) => void;
}) {
  return (
    <Screen
      step={2}
      title={say("modeTitle")}
      actions={
        <>
          <button type="button" onClick={onBack}>
            {say("back")}
          </button>
          <span class="forward">
            <button type="button" class="secondary" disabled={mode === null} onClick={() => onContinue(true)}>
              {say("allowAndGetKey")}
            </button>
            <button type="button" class="primary" disabled={mode === null} onClick={() => onContinue(false)}>
              {say("allowAndContinueMode")}
            </button>
          </span>
        </>
      }
    >
      <fieldset class="choices">
        <legend class="visually-hidden">{say("modeTitle")}</legend>
        <Choice value="sync" name={say("mode_sync")} chosen={mode} onChoose={onChoose}>
          <p>{say("modeSyncDescription")}</p>
          <SerialFigure />
        </Choice>
        <Choice value="download" name={say("mode_download")} chosen={mode} onChoose={onChoose}>
          <p>{say("modeDownloadDescription")}</p>
        </Choice>
      </fieldset>
      <p class="aside">{say("usersNotSynced")}</p>
    </Screen>
  );
}

function Choice({
  value,
  name,
  chosen,
  onChoose,
  children,
}: {
  value: Mode;
  name: string;
  chosen: Mode | null;
  onChoose: (mode: Mode) => void;
  children: preact.ComponentChildren;
}) {
  return (
    <div class="choice">
      <input
        type="radio"
        name="mode"
        id={`mode-${value}`}
        value={value}
        checked={chosen === value}
        aria-describedby={`mode-${value}-about`}
        onChange={() => onChoose(value)}
      />
      <div>
        <label for={`mode-${value}`}>{name}</label>
        <div id={`mode-${value}-about`}>{children}</div>
      </div>
    </div>
  );
}

/** How many assets the mode "Sync" can reach. Left out where it cannot be had: it only helps to choose. */
function SerialFigure() {
  const [loaded] = useLoaded(() => callWorker("summarizeAssets"));
  if (loaded.state === "failed") return null;
  if (loaded.state === "loading") return <p class="figure skeleton" aria-hidden="true" />;
  const { total, withSerial } = loaded.value;
  return (
    <p class="figure">{total === 0 ? say("noAssetsYet") : say("assetsWithSerial", withSerial, total)}</p>
  );
}
