import { useEffect, useState } from "preact/hooks";

/** A key that is not sent by then is dropped, as the background drops one that nobody takes. */
const lifetimeMs = 120_000;

export type HeldKey = [apiKey: string, hold: (apiKey: string) => void, isDropped: boolean];

/**
 * Holds the key that was typed, pasted or sent, for two minutes after its last change. `isDropped`: it was held, and
 * that time is over.
 */
export function useHeldKey(): HeldKey {
  const [apiKey, setApiKey] = useState("");
  const [isDropped, setDropped] = useState(false);
  useEffect(() => {
    if (apiKey === "") return;
    setDropped(false);
    const timer = setTimeout(() => {
      setApiKey("");
      setDropped(true);
    }, lifetimeMs);
    return () => clearTimeout(timer);
  }, [apiKey]);
  return [apiKey, setApiKey, isDropped];
}
