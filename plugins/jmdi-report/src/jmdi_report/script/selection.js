/**
 * The one actor that is chosen: on the map, in the details, in the tables and in the address.
 */

const PREFIX = "#actor=";

export class Selection {
  /** @param {Map<string, number>} indexOf The index of each id. */
  constructor(indexOf) {
    this.indexOf = indexOf;
    this.ids = [...indexOf.keys()];
    this.actor = -1;
    this.listeners = [];
  }

  /** @param {(actor: number, from: string) => void} listener `from` says where it was chosen. */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  /**
   * @param {number} actor Its index; -1 for nothing.
   * @param {string} [from] Where it was chosen.
   */
  choose(actor, from = "") {
    if (actor === this.actor) return;
    this.actor = actor;
    for (const listener of this.listeners) listener(actor, from);
  }

  /** Follows the address of the page, and keeps it up to date. */
  followAddress() {
    const follow = () => this.choose(this.read(location.hash), "address");
    addEventListener("hashchange", () => {
      if (location.hash.startsWith(PREFIX)) follow();
    });
    this.subscribe((actor) => {
      const hash = actor < 0 ? location.pathname + location.search : this.address(actor);
      if (actor < 0 && !location.hash.startsWith(PREFIX)) return;
      try {
        history.replaceState(history.state, "", hash);
      } catch {
        // a page inside another page may not have an address of its own
      }
    });
    follow();
  }

  /** @param {number} actor */
  address(actor) {
    return PREFIX + encodeURIComponent(this.ids[actor]);
  }

  /**
   * @param {string} hash The end of an address.
   * @returns {number} The index of the actor that it names; -1 where it names none.
   */
  read(hash) {
    if (!hash.startsWith(PREFIX)) return -1;
    try {
      return this.indexOf.get(decodeURIComponent(hash.slice(PREFIX.length))) ?? -1;
    } catch {
      return -1; // a broken escape
    }
  }
}
