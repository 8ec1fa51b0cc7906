import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

/** What went wrong, and the one button that mends it. */
export function Alert({
  children,
  action,
  mild = false,
}: {
  children: ComponentChildren;
  action?: ComponentChildren;
  mild?: boolean;
}) {
  return (
    <div class={mild ? "alert mild" : "alert"} role="alert">
      <Icon name="warning" />
      <div>
        <p>{children}</p>
        {action}
      </div>
    </div>
  );
}
