// What an interactive view needs of vis-network: the version that pyvis 0.3.2 brings, without its fillers for old browsers.
export { DataSet } from "vis-data/esnext/esm/vis-data.js";
export { Network } from "vis-network/esnext/esm/vis-network.js";
