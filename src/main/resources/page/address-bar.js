/** What is looked at stands behind the # of the address, so that it can be shared, and the browser's back button works. */

function encode(text) {
  return encodeURIComponent(text).replace(/%(2F|3A|2C|40)/g, decodeURIComponent);
}

/** @return {tab, q, host}, each a text, "" where nothing is said */
export function readHash() {
  const told = new URLSearchParams(window.location.hash.slice(1).replaceAll("+", "%2B"));
  return {tab: told.get("tab") ?? "", q: (told.get("q") ?? "").slice(0, 500), host: told.get("host") ?? ""};
}

const PAUSE = 250;
let waiting;

function write(state, step) {
  const parts = [["q", state.q], ["tab", state.tab === "hosts" && !state.q && !state.host ? "" : state.tab], ["host", state.host]];
  const hash = parts.filter(([, value]) => value).map(([key, value]) => `${key}=${encode(value)}`).join("&");
  if (hash !== window.location.hash.slice(1)) {
    const address = hash ? `#${hash}` : window.location.pathname + window.location.search;
    step ? history.pushState(null, "", address) : history.replaceState(null, "", address);
  }
}

/**
 * Browsers hold up a page that writes its address with every key; so it waits for a pause, unless it is a step.
 *
 * @param step whether the back button is to come back to where we are now
 */
export function writeHash(state, step) {
  clearTimeout(waiting);
  if (step) {
    write(state, true);
  } else {
    waiting = setTimeout(() => write(state, false), PAUSE);
  }
}
