import { useCallback, useEffect, useState } from "preact/hooks";
import { type Trouble, TroubleError } from "../messages.ts";

export type Loaded<T> =
  | { state: "loading" }
  | { state: "ready"; value: T }
  | { state: "failed"; trouble: Trouble };

/** Loads once, and again on `reload` – not when `load` is new, as it is with every render. A late answer is dropped. */
export function useLoaded<T>(load: () => Promise<T>): [loaded: Loaded<T>, reload: () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isStale = false;
    setLoaded({ state: "loading" });
    load().then(
      (value) => isStale || setLoaded({ state: "ready", value }),
      (error: unknown) => isStale || setLoaded({ state: "failed", trouble: troubleOf(error) }),
    );
    return () => {
      isStale = true;
    };
  }, [turn]);
  return [loaded, useCallback(() => setTurn((before) => before + 1), [])];
}

/** What to tell people of something thrown. */
export function troubleOf(error: unknown): Trouble {
  return error instanceof TroubleError ? error.trouble : { code: "internal" };
}
