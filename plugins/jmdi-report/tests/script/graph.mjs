/** A small network of invented actors for the tests of the script. */

export const MAP = {
  id: ["a", "b", "c", "d", "e"],
  label: ["Commune de Fès", "Zebra", "Agadir council", "جمعية", "Lone"],
  type: [0, 1, 1, null, 0],
  place: [0, 0, 1, 1, null],
  degree: [3, 1, 2, 2, 0],
  types: [
    {code: "local_authority", label: "Local authority", shape: "circle", light: "#080a8c", dark: "#728ffd"},
    {code: "civil_society", label: "Civil society", shape: "triangle", light: "#5c0301", dark: "#cb1705"},
  ],
  places: [
    {code: "MA", label: "Morocco", x: 10000, y: 10000, r: 8000},
    {code: "TN", label: "Tunisia", x: 40000, y: 10000, r: 8000},
  ],
  layouts: {
    territory: {
      x: [10000, 12000, 40000, 42000, 50000], y: [10000, 12000, 10000, 12000, 20000],
      width: 65535, height: 30000, spacing: 2000,
    },
  },
  layers: ["funding", "advocacy"],
  ties: {
    s: [0, 0, 0, 2, 0], t: [1, 2, 3, 3, 2], layer: [0, 0, 1, 1, 1],
    directed: [0, 1, 0, 0, 0], state: [0, 0, 2, 1, 0], weight: [],
  },
  attributes: {
    budget: {kind: "number", values: [10, 20, null, 40, 50]},
    sector: {kind: "text", values: ["jobs", "health", "jobs", null, "jobs"]},
  },
};
