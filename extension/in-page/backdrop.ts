/**
 * Takes an element of the page; says whether what lies behind it is light or dark. A page need not follow the
 * system's setting, and our text stands on the page's own ground.
 */
export function schemeBehind(element: Element): "light" | "dark" {
  for (let step: Element | null = element; step; step = step.parentElement) {
    const ground = getComputedStyle(step).backgroundColor;
    const brightness = brightnessOf(ground);
    if (brightness !== undefined) return brightness < 0.5 ? "dark" : "light";
  }
  const { colorScheme } = getComputedStyle(document.documentElement);
  const isDark = colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
  return isDark ? "dark" : "light";
}

/** Takes a computed colour; gives how bright it is, 0 to 1, and nothing where one sees through it. */
export function brightnessOf(color: string): number | undefined {
  const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  if (red === undefined || green === undefined || blue === undefined || alpha < 0.5) return undefined;
  // `color(srgb …)` counts from 0 to 1, `rgb(…)` to 255.
  const most = color.startsWith("rgb") ? 255 : 1;
  return (0.299 * red + 0.587 * green + 0.114 * blue) / most;
}
