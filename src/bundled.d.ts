/** The bundler of Workers makes bytes of a font. */
declare module '*.ttf' {
  const bytes: ArrayBuffer;
  export default bytes;
}

declare module '@resvg/resvg-wasm/index_bg.wasm' {
  const module: object;
  export default module;
}
