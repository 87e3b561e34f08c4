/** Addresses and MACs in any spelling, as hexadecimal digits, so that equal ones are equal. */

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

function hex4(text) {
  const parts = V4.exec(text);
  if (!parts || parts.slice(1).some((part) => Number(part) > 255)) {
    return null;
  }
  return parts.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("");
}

function groups(text) {
  return text === "" ? [] : text.split(":");
}

function hex6(text) {
  const halves = text.split("::");
  if (halves.length > 2 || !text.includes(":")) {
    return null;
  }
  const head = groups(halves[0]);
  const tail = halves.length === 2 ? groups(halves[1]) : [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 0 : missing !== 0) {
    return null;
  }
  const all = [...head, ...Array(missing).fill("0"), ...tail];
  return all.every((group) => /^[0-9a-f]{1,4}$/.test(group)) ? all.map((group) => group.padStart(4, "0")).join("") : null;
}

/** 8 digits for IPv4, 32 for IPv6, null for what is no address. */
export function addressDigits(text) {
  return hex4(text) ?? hex6(text.toLowerCase());
}

/** A network such as 10.0.0.0/8, as a test of digits; null for what is none. */
export function network(text) {
  const slash = text.indexOf("/");
  const digits = slash < 0 ? null : addressDigits(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!digits || !/^\d{1,3}$/.test(length) || Number(length) > digits.length * 4) {
    return null;
  }
  const whole = Number(length) >> 2;
  const rest = Number(length) & 3;
  const mask = (0xf << (4 - rest)) & 0xf;
  const border = Number.parseInt(digits[whole] ?? "0", 16) & mask;
  return (other) => other.length === digits.length && other.startsWith(digits.slice(0, whole))
    && (rest === 0 || (Number.parseInt(other[whole], 16) & mask) === border);
}

const MAC_SPELLINGS = [
  /^[0-9a-f]{2}(:[0-9a-f]{2})*(:[0-9a-f]?)?$/,
  /^[0-9a-f]{2}(-[0-9a-f]{2})*(-[0-9a-f]?)?$/,
  /^[0-9a-f]{4}(\.[0-9a-f]{4})*(\.[0-9a-f]{0,3})?$/,
];

/** The digits of a MAC or of a part of one: bc:24:11, BC-24-11, bc24.11aa or bc2411; null for what cannot be one. */
export function macDigits(text) {
  const lower = text.toLowerCase();
  const digits = lower.replace(/[:.-]/g, "");
  if (digits.length > 12 || digits.length < 2) {
    return null;
  }
  if (digits === lower) {
    return /^[0-9a-f]+$/.test(lower) && lower.length >= (/[a-f]/.test(lower) ? 4 : 6) ? lower : null;
  }
  return MAC_SPELLINGS.some((spelling) => spelling.test(lower)) ? digits : null;
}
