/** What is looked at stands behind the # of the address, so that it can be shared, and the browser's back button works. */

function encode(text) {
  return encodeURIComponent(text).replace(/%(2F|3A|2C|40)/g, decodeURIComponent);
}

/** @return {tab, q, host}, each a text, "" where nothing is said */
export function readHash() {
  const told = new URLSearchParams(window.location.hash.slice(1).replaceAll("+", "%2B"));
  return {tab: told.get("tab") ?? "", q: (told.get("q") ?? "").slice(0, 500), host: told.get("host") ?? ""};
}

/** @param step whether the back button is to come back to where we are now */
export function writeHash({tab, q, host}, step) {
  const parts = [["q", q], ["tab", tab === "hosts" && !q && !host ? "" : tab], ["host", host]];
  const hash = parts.filter(([, value]) => value).map(([key, value]) => `${key}=${encode(value)}`).join("&");
  if (hash !== window.location.hash.slice(1)) {
    const address = hash ? `#${hash}` : window.location.pathname + window.location.search;
    step ? history.pushState(null, "", address) : history.replaceState(null, "", address);
  }
}
