import {
  type ConsoleResponse,
  type DotsConsoleOptions,
  dotsConsole,
  type JumpCloudConsoleOptions,
  jumpcloudConsole,
} from "../consoles/consoles.ts";
import { dotsOrigin } from "./extension.ts";

/** What the stand-ins are like. "real": JumpCloud's own addresses are not stood in for. */
export interface StandIns {
  jumpcloud: JumpCloudConsoleOptions | "real";
  dots: DotsConsoleOptions;
}

/** What a stand-in answers at the address of the console it stands for; nothing for any other address. */
export function standInFor(url: URL, { jumpcloud, dots }: StandIns): ConsoleResponse | undefined {
  if (url.origin === dotsOrigin) return dotsConsole(url, dots);
  const isJumpCloud = /^console(\.eu|\.in)?\.jumpcloud\.com$/.test(url.hostname);
  return isJumpCloud && jumpcloud !== "real" ? jumpcloudConsole(url, jumpcloud) : undefined;
}
