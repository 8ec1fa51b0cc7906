import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
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
  const box = useRef<HTMLDivElement>(null);
  // It may have come up below the fold, where only a screen reader would notice it.
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div ref={box} class={mild ? "alert mild" : "alert"} role="alert">
      <Icon name="warning" />
      <div>
        <p>{children}</p>
        {action}
      </div>
    </div>
  );
}
