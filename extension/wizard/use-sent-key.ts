import { useEffect, useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { ask, type Notice, type SentKey } from "../messages.ts";

/** Counts the keys that were announced; says to the background that a wizard is open. */
export function useKeyArrivals(): number {
  const [arrivals, setArrivals] = useState(0);
  useEffect(() => {
    const listen = (
      message: unknown,
      sender: { id?: string | undefined; tab?: unknown },
      reply: (heard: true) => void,
    ) => {
      // A content script's message has a tab, the background's has none.
      if (sender.id !== browser.runtime.id || sender.tab !== undefined || !isKeyNotice(message)) return;
      reply(true);
      setArrivals((before) => before + 1);
    };
    browser.runtime.onMessage.addListener(listen);
    return () => browser.runtime.onMessage.removeListener(listen);
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

function isKeyNotice(message: unknown): boolean {
  return (message as Partial<Notice> | null)?.notice === "key-arrived";
}
