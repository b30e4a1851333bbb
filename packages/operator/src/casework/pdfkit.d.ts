// SPDX-License-Identifier: MIT
// As much of pdfkit 0.20 as is used here; it has no types of its own.
declare module "pdfkit" {
  import { Readable } from "node:stream";

  interface Cell {
    readonly text: string;
    readonly font?: { readonly src: string; readonly size: number };
  }

  export interface Table {
    readonly data: readonly (readonly (string | Cell)[])[];
    readonly columnStyles?: readonly (number | "*")[];
    readonly defaultStyle?: {
      readonly border?: number;
      readonly borderColor?: string;
      readonly padding?: number;
    };
  }

  class PDFDocument extends Readable {
    constructor(options: {
      readonly size: "A4";
      readonly margin: number;
      readonly bufferPages: boolean;
      readonly lang: string;
      readonly info: { readonly Title: string; readonly Author: string; readonly CreationDate: Date };
    });
    y: number;
    readonly page: { readonly width: number; readonly height: number; margins: { bottom: number } };
    font(name: string, size?: number): this;
    text(text: string, options?: { readonly align?: "left" | "right" }): this;
    text(text: string, x: number, y: number, options?: { readonly lineBreak?: boolean }): this;
    moveDown(lines?: number): this;
    list(items: readonly string[], options?: { readonly bulletRadius?: number }): this;
    table(table: Table): this;
    bufferedPageRange(): { readonly start: number; readonly count: number };
    switchToPage(page: number): this;
    end(): void;
  }

  // biome-ignore lint/style/noDefaultExport: it is what the library has
  export { PDFDocument as default };
}
