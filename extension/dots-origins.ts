declare const __DOTS_ORIGINS__: string[] | undefined;

/** The Dots consoles this build was made for (`DOTS_ORIGIN` at build time); may be none. */
export const builtInDotsOrigins: string[] = typeof __DOTS_ORIGINS__ === "undefined" ? [] : __DOTS_ORIGINS__;
