/**
 * Dates of the data (EDTF, ISO 8601-2) as a language writes them.
 */

const ONE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}).*)?)?)?([?~%])?$/;

const GROUPS = {
  37: ["01", "04"], 38: ["05", "08"], 39: ["09", "12"], 40: ["01", "06"], 41: ["07", "12"],
};
/** First and last month of thirds and halves of a year. */

/**
 * A date or a period; what it cannot read it gives back as it is, so that nothing is lost.
 * @param {string} edtf Such as `2026-03`, `2026-03-01/2026-04` or `2026?`.
 * @param {import("./words.js").Words} words
 */
export function dateText(edtf, words) {
  if (/^[[{].*[\]}]$/.test(edtf)) {
    return edtf.slice(1, -1).split(",").map((one) => dateText(one.replace("..", "/"), words)).join(", ");
  }
  const ends = edtf.split("/");
  if (ends.length > 2) return edtf;
  const texts = ends.map((end) => (end === ".." || end === "" ? "…" : oneDate(end, words)));
  return texts.includes(null) ? edtf : texts.join(" – ");
}

/** @returns {string|null} */
function oneDate(text, words) {
  const found = ONE.exec(text);
  if (!found) return null;
  const [, year, month, day, time, doubt] = found;
  const doubted = (shown) => (doubt ? `${shown}?` : shown);
  if (month > 32 && month < 37) return doubted(words.text("date.quarter", {
    n: month - 32, year: words.number(Number(year), {useGrouping: false}),
  }));
  if (GROUPS[month]) {
    return doubted(GROUPS[month].map((one) => oneDate(`${year}-${one}`, words)).join(" – "));
  }
  if (month > 12) return null;
  const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime())) return null;
  // "en" alone is American; the page writes the day first, as its HTML does.
  const locale = words.locale.replace(/^en\b/, "en-GB");
  const shown = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC", calendar: "gregory", year: "numeric",
    ...(month && {month: "short"}), ...(day && {day: "numeric"}),
  }).format(date);
  return doubted(time ? `${shown}, ${time}` : shown);
}
