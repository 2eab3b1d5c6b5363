/**
 * Dates of the data (EDTF, ISO 8601-2) as a language writes them.
 */

const ONE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%])?$/;

/**
 * A date or a period; what it cannot read it gives back as it is, so that nothing is lost.
 * @param {string} edtf Such as `2026-03`, `2026-03-01/2026-04` or `2026?`.
 * @param {import("./words.js").Words} words
 */
export function dateText(edtf, words) {
  const ends = edtf.split("/");
  if (ends.length > 2) return edtf;
  const texts = ends.map((end) => (end === ".." || end === "" ? "…" : oneDate(end, words)));
  return texts.includes(null) ? edtf : texts.join(" – ");
}

/** @returns {string|null} */
function oneDate(text, words) {
  const found = ONE.exec(text);
  if (!found) return null;
  const [, year, month, day, doubt] = found;
  const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime())) return null;
  const shown = new Intl.DateTimeFormat(words.locale, {
    timeZone: "UTC", calendar: "gregory", year: "numeric",
    ...(month && {month: "short"}), ...(day && {day: "numeric"}),
  }).format(date);
  return doubt ? `${shown} ${doubt === "~" ? "≈" : "?"}` : shown;
}
