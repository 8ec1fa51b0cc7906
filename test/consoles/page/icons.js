const shapes = {
  home: "M3 10.5 12 3l9 7.5M5.5 9v11h13V9M10 20v-6h4v6",
  users:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.9c2 .7 3.2 2.4 3.5 5.1",
  group: "M12 3 3 7.5l9 4.5 9-4.5L12 3ZM3 12l9 4.5L21 12M3 16.5 12 21l9-4.5",
  device: "M4 5h16v11H4zM2 19.5h20M9.5 16v3.5M14.5 16v3.5",
  policy: "M12 3 4.5 6v5.5c0 4.6 3 7.9 7.5 9.5 4.5-1.6 7.5-4.9 7.5-9.5V6L12 3ZM8.8 12l2.3 2.3 4.2-4.4",
  command: "m5 7 5 5-5 5M12 17h7",
  app: "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z",
  key: "M14.5 13.5a5 5 0 1 0-4-4L3 17v4h4v-2.5h2.5V16H12l2.5-2.5ZM16.2 7.8h.01",
  network: "M12 20h.01M8.5 16.2a5 5 0 0 1 7 0M5.2 12.8a9.7 9.7 0 0 1 13.6 0M2 9.4a14.3 14.3 0 0 1 20 0",
  insight: "M4 20V10M10 20V4M16 20v-7M22 20H2",
  settings:
    "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM19.4 13.5l1.8 1.3-2 3.4-2.1-.8-2 1.2-.3 2.4h-4l-.4-2.4-2-1.2-2.1.8-2-3.4 1.8-1.3v-3l-1.8-1.3 2-3.4 2.1.8 2-1.2.4-2.4h4l.3 2.4 2 1.2 2.1-.8 2 3.4-1.8 1.3v3Z",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.3a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.8M12 16.8h.01",
  bell: "M18 9a6 6 0 1 0-12 0c0 6-2.5 7-2.5 7h17S18 15 18 9M10 20a2.2 2.2 0 0 0 4 0",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20.5 20.5 16 16",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  eye: "M2 12s3.5-7 10-7 10 7 10 7-3.5 7-10 7S2 12 2 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  close: "M5 5l14 14M19 5 5 19",
  chevron: "m6 9 6 6 6-6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  warning: "M12 3.5 2 20.5h20L12 3.5ZM12 10v4.5M12 17.5h.01",
  logout: "M9 4H4v16h5M14 8l4 4-4 4M18 12H9",
  plus: "M12 5v14M5 12h14",
  filter: "M3 5h18l-7 8.5V20l-4-2v-4.5L3 5Z",
  box: "M12 3 3.5 7.5v9L12 21l8.5-4.5v-9L12 3ZM3.5 7.5 12 12l8.5-4.5M12 12v9",
  plug: "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0V8ZM12 17v4",
  lifebuoy:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5.7 5.7l3.8 3.8M14.5 14.5l3.8 3.8M18.3 5.7l-3.8 3.8M9.5 14.5l-3.8 3.8",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

/** A line icon of 24 by 24, in the colour of the text around it; says nothing to a screen reader. */
export function icon(name, size = 18) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = {
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
  };
  const lines = {
    "stroke-width": 1.7,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries({ ...attributes, ...lines, class: "icon" }))
    svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shapes[name]);
  svg.append(path);
  return svg;
}
