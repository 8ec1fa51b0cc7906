import { useState } from "preact/hooks";
import type { Region } from "../../shared/connections.ts";
import { type Expiry, expiryFrom, keyExpiresAt } from "../key-expiry.ts";
import { ask, type Trouble } from "../messages.ts";
import { Icon } from "../ui/icon.tsx";
import { Screen } from "../ui/screen.tsx";
import { troubleOf } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { ExpiryField } from "./expiry-field.tsx";
import type { HeldKey } from "./held-key.ts";
import { regionToGoOnIn, type Step } from "./journey.ts";
import { KeyField } from "./key-field.tsx";
import { KeyTrouble } from "./key-trouble.tsx";
import { RegionField } from "./region-field.tsx";
import { type KeyPurpose, submitKey } from "./submit-key.ts";
import { useSentKey } from "./use-sent-key.ts";

interface Attempt {
  preview: boolean;
  region: Region;
  orgId?: string;
}

/** Step 3: the key, from the console or pasted, and when it ends. */
export function StepKey({
  purpose,
  held,
  expiry,
  region,
  isConsoleOpen = false,
  arrivals,
  onExpiry,
  onRegion = () => undefined,
  onMoved = () => undefined,
  onStep,
}: {
  purpose: KeyPurpose;
  held: HeldKey;
  expiry: Expiry;
  region: Region;
  /** The step before has opened it already. */
  isConsoleOpen?: boolean;
  arrivals: number;
  onExpiry: (expiry: Expiry) => void;
  /** Absent where the region is fixed. */
  onRegion?: (region: Region) => void;
  /** The key was taken to another region by itself. */
  onMoved?: (region: Region) => void;
  onStep: (step: Step) => void;
}) {
  const [apiKey, hold, isDropped] = held;
  const [fetching, setFetching] = useState<"no" | "waiting" | "arrived">(isConsoleOpen ? "waiting" : "no");
  const [trouble, setTrouble] = useState<{ found: Trouble; attempt: Attempt }>();
  const [isBusy, setBusy] = useState(false);
  const [isRegionChosen, setRegionChosen] = useState(false);

  useSentKey(arrivals, (sent) => {
    hold(sent.apiKey);
    onRegion(sent.region);
    if (sent.keyExpiresAt !== undefined) onExpiry(expiryFrom(sent.keyExpiresAt));
    setFetching("arrived");
    setTrouble(undefined);
  });

  async function send(attempt: Attempt): Promise<void> {
    onRegion(attempt.region);
    setBusy(true);
    setTrouble(undefined);
    try {
      const { preview, region, orgId } = attempt;
      const ends = keyExpiresAt(expiry, new Date());
      onStep(await submitKey(purpose, { apiKey, region, keyExpiresAt: ends, orgId, preview }));
    } catch (error) {
      const found = troubleOf(error);
      const isWrongRegion = found.code === "wrong_region" && purpose.kind === "connect";
      const other = isWrongRegion ? regionToGoOnIn(found.region, isRegionChosen) : undefined;
      if (other !== undefined && other !== attempt.region) {
        onMoved(other);
        return send({ ...attempt, region: other });
      }
      setTrouble({ found, attempt });
      setBusy(false);
    }
  }

  async function openConsole() {
    setFetching("waiting");
    await ask("wizard/open-guide", { region });
  }

  const isIncomplete = apiKey === "" || (expiry.choice === "date" && expiry.date === "");
  const isConnect = purpose.kind === "connect";
  return (
    <Screen
      step={isConnect ? 3 : undefined}
      title={say(isConnect ? "keyTitle" : "renewTitle")}
      actions={
        <>
          <button type="button" onClick={() => onStep({ is: "back" })}>
            {say("back")}
          </button>
          <span class="forward">
            {isConnect && (
              <button
                type="button"
                class="secondary"
                disabled={isBusy || isIncomplete}
                onClick={() => void send({ preview: true, region })}
              >
                {say("previewFirst")}
              </button>
            )}
            <button
              type="submit"
              form="key-form"
              class="primary"
              disabled={isBusy || isIncomplete}
              aria-busy={isBusy}
            >
              {say("continue")}
            </button>
          </span>
        </>
      }
    >
      <form
        id="key-form"
        class="stack wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && !isIncomplete) void send({ preview: false, region });
        }}
      >
        <div class="fetch">
          <button type="button" class="secondary" onClick={() => void openConsole()}>
            <Icon name="external" />
            {say("getFromJumpCloud")}
          </button>
          <p class="hint" role="status">
            {fetching === "waiting" && say("waitingForKey")}
            {fetching === "arrived" && say("keyArrived")}
          </p>
        </div>
        <KeyField apiKey={apiKey} isDropped={isDropped} onChange={hold} />
        <div class="pair-of-fields">
          <ExpiryField expiry={expiry} onChange={onExpiry} />
          {isConnect && (
            <RegionField
              region={region}
              onChange={(chosen) => {
                setRegionChosen(true);
                onRegion(chosen);
              }}
            />
          )}
        </div>
        <p class="hint" role="status">
          {isBusy && say("checkingKey")}
        </p>
      </form>
      {trouble !== undefined && (
        <KeyTrouble
          trouble={trouble.found}
          onRetry={(change) => void send({ ...trouble.attempt, ...change })}
          onStep={onStep}
        />
      )}
    </Screen>
  );
}
