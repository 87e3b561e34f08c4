/** How long ago and how long, in words. */
import {el} from "./dom.js";

let ahead = 0;

/** The clock of the program is the one that counts: the one here may be wrong. */
export function setClock(now) {
  const told = Date.parse(now);
  ahead = Number.isNaN(told) ? 0 : told - Date.now();
}

export function now() {
  return Date.now() + ahead;
}

/** Such as 1.2 s or 3 min 4 s. */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (!(seconds >= 0)) {
    return "";
  }
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Such as 3 min, for what need not be told to the second. */
function about(milliseconds) {
  const seconds = Math.abs(milliseconds) / 1000;
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 5400) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

/** Such as 3 min ago, or in 2 min. */
export function age(time) {
  const since = now() - Date.parse(time);
  if (Math.abs(since) < 5000) {
    return "just now";
  }
  return since > 0 ? `${about(since)} ago` : `in ${about(since)}`;
}

/** An age that goes on, with the very time behind it. */
export function when(time) {
  if (!time || Number.isNaN(Date.parse(time))) {
    return el("span", {class: "muted"}, "never");
  }
  const title = new Date(time).toLocaleString(undefined, {dateStyle: "medium", timeStyle: "medium"});
  return el("time", {datetime: time, title: `${title} (${time})`}, age(time));
}

/** Lets the ages on the page go on. */
export function tick() {
  for (const element of document.querySelectorAll("time[datetime]")) {
    const text = age(element.getAttribute("datetime"));
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }
}
