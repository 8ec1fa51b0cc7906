import { useEffect, useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { ask, type Notice, type SentKey, wizardPort } from "../messages.ts";

/** Counts the keys that were announced; says to the background that a wizard is open. */
export function useKeyArrivals(): number {
  const [arrivals, setArrivals] = useState(0);
  useEffect(() => {
    let hangUp: () => void = () => undefined;
    const connect = () => {
      const port = browser.runtime.connect({ name: wizardPort });
      port.onMessage.addListener(({ notice }: Notice) => {
        if (notice === "key-arrived") setArrivals((before) => before + 1);
      });
      // The browser stops an idle background; a wizard that is open has to be known again.
      port.onDisconnect.addListener(connect);
      hangUp = () => port.disconnect();
    };
    connect();
    return () => hangUp();
  }, []);
  return arrivals;
}

/** Takes the key that was sent from the console, now or when one is announced. */
export function useSentKey(arrivals: number, onKey: (sent: SentKey) => void): void {
  useEffect(() => {
    ask("wizard/take-key", {}).then(
      (sent) => sent !== null && onKey(sent),
      () => undefined,
    );
  }, [arrivals]);
}
