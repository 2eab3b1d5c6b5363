/**
 * The texts of the interface in the language that is chosen, and numbers as it writes them.
 */

export class Words {
  /**
   * @param {Object<string, Object<string, string>>} catalogue Texts by language and key.
   * @param {string} language
   * @param {{digits?: string, rtl?: string[]}} [options] `digits` is a numbering system, such as
   *   "arab"; `rtl` are the languages that are written from right to left.
   */
  constructor(catalogue, language, {digits = "latn", rtl = []} = {}) {
    this.rtl = rtl;
    this.catalogue = catalogue;
    this.language = language;
    this.digits = digits;
  }

  /** The locale for `Intl`. */
  get locale() {
    return `${this.language}-u-nu-${this.digits}`;
  }

  /** Which way the language is written. */
  get direction() {
    return this.rtl.includes(this.language) ? "rtl" : "ltr";
  }

  /**
   * A text with its gaps filled in; numbers are written as the language does.
   * @param {string} key
   * @param {Object<string, string|number>} [gaps]
   */
  text(key, gaps = {}) {
    const found = this.catalogue[this.language]?.[key] ?? this.catalogue.en?.[key] ?? key;
    return found.replace(/\{(\w+)\}/g, (whole, name) =>
      name in gaps ? this.shown(gaps[name]) : whole);
  }

  /**
   * @param {string|Object<string, string>|null|undefined} words A name, or a text by language.
   * @returns {string}
   */
  of(words) {
    if (words === null || words === undefined) return "";
    if (typeof words === "string") return words;
    return words[this.language] ?? words.en ?? Object.values(words)[0] ?? "";
  }

  /** The title of a column: that of the catalogue, or the one that its table carries. */
  title(column) {
    const text = this.text(column.key);
    return text === column.key ? this.of(column.label) : text;
  }

  /** @param {string|number} value */
  shown(value) {
    return typeof value === "number" ? this.number(value) : value;
  }

  /**
   * @param {number} value
   * @param {Intl.NumberFormatOptions} [options]
   */
  number(value, options = {}) {
    return new Intl.NumberFormat(this.locale, {maximumFractionDigits: 3, ...options}).format(value);
  }

  /**
   * A comparison of texts in the order of the language, numbers in them by value.
   * @returns {(a: string, b: string) => number}
   */
  get order() {
    return new Intl.Collator(this.locale, {numeric: true}).compare;
  }
}
