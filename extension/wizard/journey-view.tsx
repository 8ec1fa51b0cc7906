import { useEffect, useReducer, useState } from "preact/hooks";
import type { Mode, Region } from "../../shared/connections.ts";
import { draft as storedDraft } from "../storage.ts";
import { closeWizard } from "./close.ts";
import { nextPlace } from "./journey.ts";
import type { Opening } from "./opening.ts";
import { Overview } from "./overview.tsx";
import { Pairing } from "./pairing.tsx";
import { RenewKey } from "./renew-key.tsx";
import { Result } from "./result.tsx";
import { Running } from "./running.tsx";
import { StepKey } from "./step-key.tsx";
import { StepMode } from "./step-mode.tsx";
import { StepReads } from "./step-reads.tsx";
import { useKeyArrivals } from "./use-sent-key.ts";

/** Shows the place one is at. What was chosen is kept for the next time; the key never is. */
export function Journey({
  place: first,
  draft,
  dotsOrigin,
  framedBy,
}: Opening & { framedBy: string | undefined }) {
  const [place, go] = useReducer(nextPlace, first);
  const [mode, setMode] = useState<Mode | null>(draft.mode);
  const [region, setRegion] = useState<Region>(draft.region);
  const arrivals = useKeyArrivals();
  const { at } = place;
  useEffect(() => {
    // Past the key there is nothing left to take up again: the next connection begins anew.
    if (at === "reads" || at === "mode" || at === "key") void storedDraft.set({ step: at, mode, region });
    else if (at === "running") void storedDraft.set({ step: "reads", mode: null, region });
  }, [at, mode, region]);
  const close = () => closeWizard(framedBy);

  switch (place.at) {
    case "pair":
      return <Pairing isRefused={place.isRefused} draftStep={draft.step} onStep={go} />;
    case "reads":
      return <StepReads onAllow={() => go({ is: "allowed" })} onCancel={close} />;
    case "mode":
      return (
        <StepMode
          mode={mode}
          onChoose={setMode}
          onBack={() => go({ is: "back" })}
          onContinue={() => go({ is: "modeChosen" })}
        />
      );
    case "key":
      return (
        <StepKey
          key="key"
          purpose={{ kind: "connect", mode: mode ?? "sync" }}
          region={region}
          arrivals={arrivals}
          onRegion={setRegion}
          onStep={go}
        />
      );
    case "renew":
      return <RenewKey connectionId={place.connectionId} arrivals={arrivals} onStep={go} />;
    case "running":
      return <Running key={place.syncId} {...place} onEnd={() => go({ is: "syncEnded" })} onClose={close} />;
    case "done":
      return (
        <Result
          {...place}
          dotsOrigin={framedBy ?? dotsOrigin}
          onDone={close}
          onOverview={() => go({ is: "overviewWanted" })}
        />
      );
    case "overview":
      return <Overview onStep={go} onClose={close} />;
  }
}
