/**
 * The page on paper: the light theme, the whole map and the best connected actors.
 */

/**
 * @param {import("./network.js").NetworkView|null} network
 * @param {import("./tables.js").TableView[]} tables
 */
export function followPrinting(network, tables) {
  const root = document.documentElement;
  let theme;
  addEventListener("beforeprint", () => {
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    for (const table of tables) table.print(true);
    network?.repaint();
  });
  addEventListener("afterprint", () => {
    if (theme === undefined) delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const table of tables) table.print(false);
    network?.repaint();
  });
}
