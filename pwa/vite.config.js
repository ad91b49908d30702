import { defineConfig } from "vite";
import { assets } from "./build/assets.js";

export default defineConfig({
  root: import.meta.dirname,
  base: "/static/",
  publicDir: false,
  logLevel: "warn",
  plugins: [assets()],
  build: {
    outDir: "../static",
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: { app: "app.js", style: "app.css" },
      output: {
        hashCharacters: "base36",
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: ({ names }) =>
          names[0] === "style.css" ? "assets/app-[hash].css" : "assets/[name]-[hash][extname]",
      },
    },
  },
});
