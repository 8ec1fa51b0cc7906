import { guidePlace, lastCard } from "../storage.ts";
import { callRoute, fetchCsv } from "../worker-client.ts";
import type { Handlers } from "./answer.ts";
import { cardStatus } from "./card-status.ts";
import { addDotsAddress, listDotsAddresses } from "./dots-address.ts";
import { bringWizardForward, closeGuide, isGuided, openGuide, openGuideFromPopup } from "./guide.ts";
import { forgetPairing, pair, pairedWorker, pairingState } from "./pairing.ts";
import { keepKey, takeKey } from "./sent-key.ts";
import { admitWizard, openDots, openWizard, openWizardFromPopup } from "./wizard-windows.ts";

/** What the background does for each message. Who may send it was checked before (`readMessage`). */
export const handlers: Handlers = {
  "dots/open-wizard": async (ask, from) => ({ frameUrl: await openWizard(from.sender, ask) }),
  "dots/status": () => cardStatus(),
  "dots/last-status": () => lastCard.get(),
  "guide/state": async (_ask, from) => ({
    show: await isGuided(from.tabId),
    place: await guidePlace.get(),
  }),
  "guide/send-key": async (ask, from) => {
    await keepKey(ask, from.sender);
    return { sent: true };
  },
  "guide/back-to-dots": async () => {
    await bringWizardForward();
    return null;
  },
  "guide/moved": async (ask) => {
    await guidePlace.set({ x: ask.x, y: ask.y });
    return null;
  },
  "guide/close": async (_ask, from) => {
    await closeGuide(from.tabId);
    return null;
  },
  "wizard/hello": (ask, from) => admitWizard(ask.nonce, from),
  "wizard/open-guide": async (ask, from) => {
    await openGuide(ask.region, from.tabId);
    return null;
  },
  "wizard/take-key": async () => takeKey(),
  "wizard/changes-csv": async ({ syncId }) => ({
    csv: await fetchCsv(await pairedWorker(), "listChanges", { id: syncId }),
  }),
  "pairing/state": () => pairingState(),
  "pairing/pair": (ask) => pair(ask.link),
  "pairing/forget": () => forgetPairing(),
  "dots-address/list": () => listDotsAddresses(),
  "dots-address/added": async (ask) => {
    await addDotsAddress(ask.origin);
    return null;
  },
  "popup/open-wizard": async (ask) => {
    await openWizardFromPopup(ask);
    return null;
  },
  "popup/open-dots": async () => {
    await openDots();
    return null;
  },
  "popup/open-guide": async () => {
    await openGuideFromPopup();
    return null;
  },
  worker: async (ask) => {
    const { route, ...call } = ask;
    return callRoute(await pairedWorker(), route, call);
  },
};
