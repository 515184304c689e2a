/** Line icons of 20 × 20; they take the colour of the text and are hidden from screen readers. */
const PATHS = {
  story: "M3 5h9M3 10h5M3 15h4M11 15l3-4 3 1.5",
  bell: "M5 13.500V9a5 5 0 0 1 10 0v4.500l1 1.500H4zM8.5 17.200h3",
  list: "M3.5 5h2M8 5h8.500M3.5 10h2M8 10h8.500M3.5 15h2M8 15h8.5",
  quote: "M4 5.500h12M4 10h5M13 10h3M4 14.500h8M10 8.300v3.400M12 8.300v3.4",
  feed: "M4 16h.01M4 10.500a5.5 5.5 0 0 1 5.5 5.500M4 5a11 11 0 0 1 11 11",
  send: "M17 3 9 11M17 3l-5 14-3-6-6-3z",
  baseline: "M5 3h7l3 3v11H5zM8 10h4M8 13h4",
  download: "M10 3v9M6.5 8.8 10 12.300l3.5-3.500M4 16.500h12",
  gauge: "M3.5 14a6.5 6.5 0 1 1 13 0M10 14l3-4",
  flag: "M5 17V3.500h9.500l-2 3.5 2 3.500H5",
  menu: "M3 6h14M3 10h14M3 14h14",
  close: "M5 5l10 10M15 5 5 15",
  sun: "M10 6.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2v1.500M10 16.500V18M2 10h1.500M16.5 10H18M4.3 4.300l1.1 1.100M14.6 14.600l1.1 1.100M4.3 15.700l1.1-1.100M14.6 5.400l1.1-1.1",
  moon: "M16 12.200A6.5 6.5 0 0 1 7.8 4a6.5 6.5 0 1 0 8.2 8.200z",
  half: "M10 3.500a6.5 6.5 0 1 0 0 13zM10 3.500a6.5 6.5 0 0 1 0 13",
  globe: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M3 10h14M10 3c4 4 4 10 0 14M10 3c-4 4-4 10 0 14",
  out: "M8 4H4v12h4M11.5 6.5 15 10l-3.5 3.500M15 10H7.5",
  search: "M9 3.500a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
  external: "M8 4H4v12h12v-4M11.5 4H16v4.500M16 4l-7 7",
  check: "M4 10.5 8 14.5 16 5.5",
  warning: "M10 3.5 17.5 16.500h-15zM10 8.500v3.500M10 14.200v.1",
  up: "M10 16V4M5 9l5-5 5 5",
  down: "M10 4v12M5 11l5 5 5-5",
  add: "M10 4v12M4 10h12",
  pause: "M7 4.500v11M13 4.500v11",
  play: "M6 4.500v11l9-5.500z",
  repeat: "M4 10a6 6 0 0 1 10.5-4L16.5 8M16.5 4v4h-4M16 10a6 6 0 0 1-10.5 4L3.5 12M3.5 16v-4h4",
  key: "M12.5 3.500a4 4 0 1 0 0 8 4 4 0 0 0 0-8M9.7 10.3 3.5 16.500M5.5 14.500l2 2",
  chevron: "M7.5 5l5 5-5 5",
} as const;

export type IconName = keyof typeof PATHS;

/** @param flip turns the icon round in right-to-left pages, as arrows and chevrons need. */
export function Icon({ name, flip = false }: { name: IconName; flip?: boolean }) {
  return (
    <svg class={flip ? "icon icon-flip" : "icon"} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
