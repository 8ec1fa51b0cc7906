import { useState } from "preact/hooks";
import type { Connection, UpdateConnection } from "../../shared/connections.ts";
import { callWorker, type Trouble } from "../messages.ts";
import { troubleOf } from "../ui/use-loaded.ts";

export interface ConnectionPatch {
  change(patch: UpdateConnection): Promise<void>;
  isBusy: boolean;
  /** What was changed last, and is kept by now. */
  saved: keyof UpdateConnection | undefined;
  trouble: Trouble | undefined;
}

/** A way to change a connection, and to show what became of it. */
export function useConnectionPatch(
  connection: Connection,
  onChanged: (connection: Connection) => void,
): ConnectionPatch {
  const [isBusy, setBusy] = useState(false);
  const [saved, setSaved] = useState<keyof UpdateConnection>();
  const [trouble, setTrouble] = useState<Trouble>();
  async function change(patch: UpdateConnection) {
    setBusy(true);
    setTrouble(undefined);
    setSaved(undefined);
    try {
      onChanged(await callWorker("updateConnection", { id: connection.id, body: patch }));
      setSaved(Object.keys(patch)[0] as keyof UpdateConnection | undefined);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  }
  return { change, isBusy, saved, trouble };
}
