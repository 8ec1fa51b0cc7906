import { useEffect, useReducer, useState } from "preact/hooks";
import type { Mode, Region } from "../../shared/connections.ts";
import type { Expiry } from "../key-expiry.ts";
import { ask } from "../messages.ts";
import { draft as storedDraft } from "../storage.ts";
import { closeWizard } from "./close.ts";
import { useHeldKey } from "./held-key.ts";
import { nextPlace } from "./journey.ts";
import { ManageScreen } from "./manage-screen.tsx";
import type { Opening } from "./opening.ts";
import { Overview } from "./overview.tsx";
import { Pairing } from "./pairing.tsx";
import { Preview } from "./preview.tsx";
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
  start,
  draft,
  dotsOrigin,
  framedBy,
}: Opening & { framedBy: string | undefined }) {
  const [place, go] = useReducer(nextPlace, first);
  const [mode, setMode] = useState<Mode | null>(draft.mode);
  const [region, setRegion] = useState<Region>(draft.region);
  const [expiry, setExpiry] = useState<Expiry>(draft.expiry);
  const [isConsoleOpen, setConsoleOpen] = useState(false);
  const [movedTo, setMovedTo] = useState<Region>();
  // Typed or sent, while it is held and no sync has begun: who turns back from a preview finds it again.
  const held = useHeldKey();
  const [apiKey, hold] = held;
  const arrivals = useKeyArrivals();
  const { at } = place;
  const isPreview = at === "preview" || (at === "running" && place.kind === "preview");
  useEffect(() => {
    if (at === "reads" || at === "mode" || at === "key")
      void storedDraft.set({ step: at, mode, region, expiry });
    // Past the key there is nothing left to take up again: the next connection begins anew.
    else if (at === "running" && !isPreview) void storedDraft.set({ ...storedDraft.initial, region });
  }, [at, mode, region, expiry, isPreview]);
  useEffect(() => {
    if (at !== "key" && !isPreview && apiKey !== "") hold("");
    if (at === "done" || at === "mode") setMovedTo(undefined);
  }, [at, isPreview]);
  const close = () => closeWizard(framedBy);

  switch (place.at) {
    case "pair":
      return <Pairing isRefused={place.isRefused} draftStep={draft.step} start={start} onStep={go} />;
    case "reads":
      return <StepReads onAllow={() => go({ is: "allowed" })} onCancel={close} />;
    case "mode":
      return (
        <StepMode
          mode={mode}
          onChoose={setMode}
          onBack={() => go({ is: "back" })}
          onContinue={(withConsole) => {
            setConsoleOpen(withConsole);
            go({ is: "modeChosen" });
            if (withConsole) void ask("wizard/open-guide", { region });
          }}
        />
      );
    case "key":
      return (
        <StepKey
          purpose={{ kind: "connect", mode: mode ?? "sync" }}
          held={held}
          expiry={expiry}
          region={region}
          isConsoleOpen={isConsoleOpen}
          arrivals={arrivals}
          onExpiry={setExpiry}
          onRegion={setRegion}
          onMoved={setMovedTo}
          onStep={go}
        />
      );
    case "renew":
      return (
        <RenewKey
          key={place.connectionId}
          connectionId={place.connectionId}
          arrivals={arrivals}
          onStep={go}
        />
      );
    case "running":
      return (
        <Running
          key={place.syncId}
          {...place}
          movedTo={movedTo}
          onEnd={() => go({ is: "syncEnded" })}
          onClose={close}
        />
      );
    case "preview":
      return <Preview key={place.syncId} {...place} onStep={go} />;
    case "done":
      return (
        <Result
          key={place.syncId}
          {...place}
          dotsOrigin={framedBy ?? dotsOrigin}
          onDone={close}
          onStep={go}
        />
      );
    case "overview":
      return <Overview onStep={go} onClose={close} />;
    case "manage":
      return <ManageScreen connectionId={place.connectionId} onStep={go} onClose={close} />;
  }
}
