import type { Connection } from "../../shared/connections.ts";
import { callWorker } from "../messages.ts";
import { ConnectionLine } from "../ui/connection-line.tsx";
import { FailedScreen, LoadingScreen, Screen } from "../ui/screen.tsx";
import { useLoaded } from "../ui/use-loaded.ts";
import { say } from "../ui/words.ts";
import { ConnectionTrouble } from "./connection-trouble.tsx";
import type { Step } from "./journey.ts";
import { Manage } from "./manage.tsx";

/** What is connected: the one connection with all that can be done about it, or a list to choose from. */
export function Overview({ onStep, onClose }: { onStep: (step: Step) => void; onClose: () => void }) {
  const [loaded, reload] = useLoaded(() => callWorker("listConnections", { query: { limit: "100" } }));
  if (loaded.state === "loading") return <LoadingScreen />;
  if (loaded.state === "failed") {
    const isUnpaired = loaded.trouble.code === "unauthorized";
    return (
      <FailedScreen
        title={say("overviewTitle")}
        trouble={loaded.trouble}
        retryWord={isUnpaired ? "pair" : "tryAgain"}
        onRetry={isUnpaired ? () => onStep({ is: "unpaired" }) : reload}
      />
    );
  }
  const { items } = loaded.value;
  if (items.length === 0)
    return <NothingConnected onConnect={() => onStep({ is: "anotherWanted" })} onClose={onClose} />;
  const another = (
    <button type="button" onClick={() => onStep({ is: "anotherWanted" })}>
      {say("connectAnother")}
    </button>
  );
  const [first, second] = items;
  if (first !== undefined && second === undefined)
    return <Manage connection={first} onStep={onStep} onGone={reload} onClose={onClose} leave={another} />;
  return (
    <Screen
      title={say("overviewTitle")}
      actions={
        <>
          {another}
          <button type="button" class="primary" onClick={onClose}>
            {say("close")}
          </button>
        </>
      }
    >
      <ul class="plain connections">
        {items.map((each) => (
          <OneOfSeveral key={each.id} connection={each} onStep={onStep} />
        ))}
      </ul>
    </Screen>
  );
}

function NothingConnected({ onConnect, onClose }: { onConnect: () => void; onClose: () => void }) {
  return (
    <Screen
      title={say("nothingConnected")}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {say("close")}
          </button>
          <button type="button" class="primary" onClick={onConnect}>
            {say("connectToJumpCloud")}
          </button>
        </>
      }
    >
      <p>{say("nothingConnectedHint")}</p>
    </Screen>
  );
}

function OneOfSeveral({ connection, onStep }: { connection: Connection; onStep: (step: Step) => void }) {
  const { id: connectionId, organization } = connection;
  return (
    <li class="card">
      <h2>
        <bdi>{organization.name}</bdi>
      </h2>
      <ConnectionLine connection={connection} />
      <ConnectionTrouble connection={connection} onStep={onStep} />
      <div class="card-actions">
        <button
          type="button"
          class="small"
          aria-label={say("manageNamed", organization.name)}
          onClick={() => onStep({ is: "manageWanted", connectionId })}
        >
          {say("manage")}
        </button>
      </div>
    </li>
  );
}
