/**
 * Chrome's id follows from the public key in the extension's manifest. Firefox draws an origin at random for every
 * installation, so the pattern stands for them all; a token is then good in the one that redeemed it.
 */
const shipped = "chrome-extension://jdpjijcenendlbcbhccgmdnkkgefnjne,moz-extension://*";

const anyFirefox = "moz-extension://*";
const firefoxOrigin = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const namedOrigin = /^[a-z][a-z-]*:\/\/[a-z0-9.:-]+$/;

/**
 * Takes the setting `EXTENSION_ORIGINS`, comma-separated; gives the test whether a request's origin is the
 * extension's. Throws an `Error` that says what is wrong with it.
 */
export function extensionOrigins(setting: string | undefined): (origin: string) => boolean {
  const origins = (setting || shipped).split(",").map((text) => text.trim());
  for (const origin of origins) {
    if (origin !== anyFirefox && !namedOrigin.test(origin)) {
      throw new Error(
        "EXTENSION_ORIGINS names something that is no origin: write chrome-extension://<id>, comma-separated.",
      );
    }
  }
  return (origin) => origins.includes(origin) || (origins.includes(anyFirefox) && firefoxOrigin.test(origin));
}
