/**
 * Reads what the page carries, which may be compressed.
 */

/**
 * The text of an element, decompressed where it says `data-encoding="gzip+base64"`.
 * @param {{textContent: string|null, dataset: Object<string, string|undefined>}} element
 * @returns {Promise<any>} What its JSON holds.
 */
export async function readJson(element) {
  const text = element.textContent ?? "";
  return JSON.parse(element.dataset.encoding === "gzip+base64" ? await gunzip(text.trim()) : text);
}

/**
 * @param {string} base64 gzip in base64.
 * @returns {Promise<string>} The text that it holds.
 */
export async function gunzip(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
