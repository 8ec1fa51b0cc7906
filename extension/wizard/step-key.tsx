import { useState } from "preact/hooks";
import { type Region, regionSchema } from "../../shared/connections.ts";
import { ask, type Trouble } from "../messages.ts";
import { Icon } from "../ui/icon.tsx";
import { Screen } from "../ui/screen.tsx";
import { troubleOf } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { ExpiryField } from "./expiry-field.tsx";
import { useHeldKey } from "./held-key.ts";
import type { Step } from "./journey.ts";
import { type Expiry, expiryFrom, keyExpiresAt } from "./key-expiry.ts";
import { KeyField } from "./key-field.tsx";
import { KeyTrouble } from "./key-trouble.tsx";
import { type KeyPurpose, submitKey } from "./submit-key.ts";
import { useSentKey } from "./use-sent-key.ts";

/** Step 3: the key, from the console or pasted. It lives in this component until the Worker has it. */
export function StepKey({
  purpose,
  region,
  arrivals,
  onRegion,
  onStep,
}: {
  purpose: KeyPurpose;
  region: Region;
  arrivals: number;
  onRegion: (region: Region) => void;
  onStep: (step: Step) => void;
}) {
  const [apiKey, setApiKey, isDropped] = useHeldKey();
  const [expiry, setExpiry] = useState<Expiry>({ choice: "unknown", date: "" });
  const [fetching, setFetching] = useState<"no" | "waiting" | "arrived">("no");
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);

  useSentKey(arrivals, (sent) => {
    setApiKey(sent.apiKey);
    onRegion(sent.region);
    if (sent.keyExpiresAt !== undefined) setExpiry(expiryFrom(sent.keyExpiresAt));
    setFetching("arrived");
    setTrouble(undefined);
  });

  async function send(change: { region?: Region; orgId?: string } = {}) {
    if (change.region !== undefined) onRegion(change.region);
    setBusy(true);
    setTrouble(undefined);
    try {
      const step = await submitKey(purpose, {
        apiKey,
        region: change.region ?? region,
        keyExpiresAt: keyExpiresAt(expiry, new Date()),
        orgId: change.orgId,
      });
      setApiKey("");
      onStep(step);
    } catch (error) {
      setTrouble(troubleOf(error));
      setBusy(false);
    }
  }

  async function openConsole() {
    setFetching("waiting");
    await ask("wizard/open-guide", { region });
  }

  const isIncomplete = apiKey === "" || (expiry.choice === "date" && expiry.date === "");
  return (
    <Screen
      step={purpose.kind === "connect" ? 3 : undefined}
      title={say(purpose.kind === "connect" ? "keyTitle" : "renewTitle")}
      actions={
        <>
          <button type="button" onClick={() => onStep({ is: "back" })}>
            {say("back")}
          </button>
          <button
            type="submit"
            form="key-form"
            class="primary"
            disabled={isBusy || isIncomplete}
            aria-busy={isBusy}
          >
            {say("continue")}
          </button>
        </>
      }
    >
      <form
        id="key-form"
        class="stack wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && !isIncomplete) void send();
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
        <KeyField apiKey={apiKey} isDropped={isDropped} onChange={setApiKey} />
        <div class="pair-of-fields">
          <ExpiryField expiry={expiry} onChange={setExpiry} />
          {purpose.kind === "connect" && <RegionField region={region} onChange={onRegion} />}
        </div>
        <p class="hint" role="status">
          {isBusy && say("checkingKey")}
        </p>
      </form>
      {trouble !== undefined && (
        <KeyTrouble
          trouble={trouble}
          onRetry={(change) => void send(change)}
          onOverview={() => onStep({ is: "overviewWanted" })}
        />
      )}
    </Screen>
  );
}

function RegionField({ region, onChange }: { region: Region; onChange: (region: Region) => void }) {
  return (
    <div class="stack">
      <label for="region">{say("region")}</label>
      <select
        id="region"
        value={region}
        onChange={(event) => onChange(regionSchema.parse(event.currentTarget.value))}
      >
        {regionSchema.options.map((each) => (
          <option key={each} value={each}>
            {say(`region_${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
