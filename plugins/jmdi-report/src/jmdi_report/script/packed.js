/**
 * Tables as they are written: a column that the map has too, or of few values, is not repeated.
 */

/**
 * Makes a list of each column of each table.
 * @param {any} payload
 * @returns {any} The payload itself.
 */
export function unpacked(payload) {
  for (const table of Object.values(payload.tables ?? {})) {
    table.rows = table.rows.map((column) => listOf(payload.map, column));
    table.ids = listOf(payload.map, table.ids);
    if (table.order === "degree") {
      const {degree} = payload.map;
      table.order = [...table.ids.keys()].sort((a, b) => degree[b] - degree[a] || a - b);
    }
    if (table.order === "degree") table.order = byDegree(payload.map);
  }
  return payload;
}

/**
 * Actors, the best connected first; of equally connected ones by label.
 * @param {{degree: number[], label: string[]}} map
 * @returns {number[]}
 */
function byDegree({degree, label}) {
  const order = [...degree.keys()];
  return order.sort((a, b) =>
    degree[b] - degree[a] || (label[a] < label[b] ? -1 : label[a] > label[b] ? 1 : a - b));
}

/**
 * @param {any} map `map` of the payload.
 * @param {any[]|{of?: string, values?: any[], codes?: string|any[]}} column
 * @returns {any[]}
 */
function listOf(map, column) {
  if (Array.isArray(column)) return column;
  const values = column.values ?? named(map, column.of);
  const codes = typeof column.codes === "string" ? named(map, column.codes) : column.codes;
  return codes ? values.map((value) => (value === null ? null : codes[value])) : values;
}

/**
 * @param {any} map
 * @param {string} path Such as `ties.s`.
 * @returns {any[]}
 */
function named(map, path) {
  return path.split(".").reduce((at, name) => at[name], map);
}
