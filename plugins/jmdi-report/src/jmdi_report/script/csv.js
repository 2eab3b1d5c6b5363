/**
 * Tables as CSV that spreadsheets open rightly and that never runs as a formula.
 */

/**
 * @param {any} value Text, a number, or nothing.
 * @returns {string} One field.
 */
export function csvField(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  let text = String(value);
  if (/^\s*[=+\-@]|^[\t\r]/.test(text)) text = `'${text}`; // a spreadsheet would run it
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {string[]} header
 * @param {Iterable<any[]>} rows
 * @returns {string} The file, beginning with the mark by which Excel knows UTF-8.
 */
export function csv(header, rows) {
  const lines = [header.map(csvField).join(",")];
  for (const row of rows) lines.push(row.map(csvField).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/**
 * Gives a text to the reader as a file.
 * @param {string} name
 * @param {string} text
 */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
