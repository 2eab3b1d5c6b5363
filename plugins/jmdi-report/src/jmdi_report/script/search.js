/**
 * Finds actors by their names, whatever the accents and capitals.
 */

/**
 * A text without accents, capitals and Arabic vowel signs, to compare with another.
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}|\u0640/gu, "").toLowerCase();
}

/**
 * The names that a query finds: those that begin with it, then those with a word that does, then
 * the others.
 */
export class Finder {
  /** @param {string[]} names */
  constructor(names) {
    this.names = names;
    this.folded = null;
  }

  /**
   * @param {string} query
   * @param {number} most
   * @returns {number[]} Indices of names.
   */
  find(query, most = 8) {
    const wanted = folded(query.trim());
    if (!wanted) return [];
    this.folded ??= this.names.map(folded);
    const groups = [[], [], []];
    this.folded.forEach((name, i) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      groups[at === 0 ? 0 : name.includes(` ${wanted}`) ? 1 : 2].push(i);
    });
    return groups.flat().slice(0, most);
  }
}
