import type { Organization, Region } from "../../shared/connections.ts";
import type { Trouble } from "../messages.ts";
import { PairingForm } from "../pairing-form.tsx";
import { Alert } from "../ui/alert.tsx";
import { sentenceFor } from "../ui/trouble.ts";
import { say } from "../ui/words.ts";
import type { Step } from "./journey.ts";
import { HowToCheck } from "./step-reads.tsx";

/** What kept a key from being taken, and the way on: another region, an organization, another try. */
export function KeyTrouble({
  trouble,
  onRetry,
  onStep,
}: {
  trouble: Trouble;
  onRetry: (change?: { region?: Region; orgId?: string }) => void;
  onStep: (step: Step) => void;
}) {
  switch (trouble.code) {
    case "wrong_region": {
      const { region } = trouble;
      const go = () => onRetry(region === undefined ? {} : { region });
      return <Alert action={<Action word="continue" onClick={go} />}>{sentenceFor(trouble)}</Alert>;
    }
    case "organization_required":
      return (
        <Organizations organizations={trouble.organizations ?? []} onChoose={(orgId) => onRetry({ orgId })} />
      );
    case "not_permitted":
      return <Alert action={<HowToCheck />}>{sentenceFor(trouble)}</Alert>;
    case "already_connected": {
      const { connectionId } = trouble;
      const go = () =>
        onStep(connectionId === undefined ? { is: "overviewWanted" } : { is: "manageWanted", connectionId });
      return <Alert action={<Action word="manage" onClick={go} />}>{sentenceFor(trouble)}</Alert>;
    }
    case "jumpcloud_unavailable":
      return (
        <Alert action={<Action word="tryNow" onClick={() => onRetry()} />}>{sentenceFor(trouble)}</Alert>
      );
    case "unauthorized":
      return (
        <>
          <Alert>{sentenceFor(trouble)}</Alert>
          <PairingForm onPaired={() => onRetry()} />
        </>
      );
    case "forbidden":
      return <Alert>{sentenceFor(trouble)}</Alert>;
    default:
      return (
        <Alert action={<Action word="tryAgain" onClick={() => onRetry()} />}>{sentenceFor(trouble)}</Alert>
      );
  }
}

function Action({
  word,
  onClick,
}: {
  word: "continue" | "manage" | "tryAgain" | "tryNow";
  onClick: () => void;
}) {
  return (
    <button type="button" class="small" onClick={onClick}>
      {say(word)}
    </button>
  );
}

function Organizations({
  organizations,
  onChoose,
}: {
  organizations: Organization[];
  onChoose: (orgId: string) => void;
}) {
  return (
    <Alert
      mild
      action={
        <ul class="organizations">
          {organizations.map((each) => (
            <li key={each.id}>
              <button type="button" onClick={() => onChoose(each.id)}>
                <bdi>{each.name}</bdi>
              </button>
            </li>
          ))}
        </ul>
      }
    >
      {say("trouble_organization_required")}
    </Alert>
  );
}
